module.exports = require('../../scripts/eslint/packageConfig.cjs')(__dirname, {
  rules: {
    // The tests run the examples in the plugin, as a portal does.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedFiles: ['**/__testUtils__/**'] },
    ],
  },
});
