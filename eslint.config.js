import antfu from '@antfu/eslint-config'

export default antfu({
  type: 'app',
  typescript: true,
  ignores: [
    'src-main/store/migrations',
    'resources',
    'test/reference/torch',
    'docs/benchmarks',
    '**/*.md',
  ],
}, {
  rules: {
    'no-console': 'off',
    'antfu/no-top-level-await': 'off',
    'node/prefer-global/process': 'off',
    'node/prefer-global/buffer': 'off',
    // What matters comes first in a file, its helpers after it.
    'ts/no-use-before-define': [
      'error',
      { functions: false, classes: false, variables: false },
    ],
    // It spreads short lists over many lines.
    'antfu/reasonable-newline': 'off',
    'antfu/consistent-chaining': 'off',
    // Only parameters that need words have them.
    'jsdoc/check-param-names': 'off',
  },
})
