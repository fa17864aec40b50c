module.exports = require('../scripts/eslint/packageConfig.cjs')(__dirname, {
  rules: {
    'no-console': 'off',
    // Checks and measurements look at what no adopter of a package may import.
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-mixed-plugin-imports': 'off',
  },
});
