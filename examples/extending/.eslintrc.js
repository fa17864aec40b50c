module.exports = require('../../scripts/eslint/packageConfig.cjs')(__dirname, {
  overrides: [
    {
      // The tests run the examples in the plugin, as a portal does.
      files: ['src/testing/**'],
      rules: {
        '@backstage/no-mixed-plugin-imports': 'off',
        '@backstage/no-undeclared-imports': 'off',
        'import/no-extraneous-dependencies': [
          'error',
          { devDependencies: true },
        ],
      },
    },
  ],
});
