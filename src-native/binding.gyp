{
  'variables': {
    'kernels': ['<!@(node members.mjs kernels)'],
    'rest': ['<!@(node members.mjs rest)'],
    # "npm run test:native:sanitize" sets it.
    'sanitize%': '',
  },
  'target_defaults': {
    'include_dirs': ['<!(node -p "require(\'node-api-headers\').include_dir")', 'build', 'kernels'],
    'defines': ['NAPI_VERSION=8'],
    'cflags': ['-fPIC', '-O3', '-g1', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-Wno-psabi', '-fvisibility=hidden', '-ffp-contract=fast', '-pthread'],
    'cflags_cc': ['-std=c++20'],
    'ldflags': ['-pthread'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'c++20',
      'GCC_OPTIMIZATION_LEVEL': '3',
      'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
      'MACOSX_DEPLOYMENT_TARGET': '13.0',
      'OTHER_CFLAGS': ['-Wall', '-Wextra', '-Werror', '-ffp-contract=fast', '-fvisibility=hidden'],
    },
    'conditions': [
      ['sanitize!=""', {
        'cflags': ['-fsanitize=<(sanitize)', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'],
        'ldflags': ['-fsanitize=<(sanitize)'],
      }],
    ],
  },
  'targets': [
    { 'target_name': 'portable', 'type': 'static_library', 'sources': ['<@(kernels)'] },
    {
      'target_name': 'native',
      'type': 'loadable_module',
      'product_extension': 'node',
      'sources': ['<@(rest)'],
      'dependencies': ['portable'],
      'xcode_settings': { 'OTHER_LDFLAGS': ['-undefined dynamic_lookup'] },
      'conditions': [['target_arch=="x64"', { 'dependencies': ['avx2', 'avx512'] }]],
    },
  ],
  'conditions': [
    ['target_arch=="x64"', {
      'targets': [
        {
          'target_name': 'avx2',
          'type': 'static_library',
          'sources': ['<@(kernels)'],
          'defines': ['GFL_AVX2'],
          'cflags': ['-mavx2', '-mfma', '-mbmi', '-mbmi2'],
          'xcode_settings': { 'OTHER_CFLAGS': ['-mavx2', '-mfma', '-mbmi', '-mbmi2'] },
        },
        {
          'target_name': 'avx512',
          'type': 'static_library',
          'sources': ['<@(kernels)'],
          'defines': ['GFL_AVX512'],
          # GCC 12's own headers use what they call undefined.
          'cflags': ['-Wno-uninitialized', '-Wno-maybe-uninitialized', '-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma', '-mbmi', '-mbmi2', '-mprefer-vector-width=512'],
          'xcode_settings': { 'OTHER_CFLAGS': ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma', '-mbmi', '-mbmi2'] },
        },
      ],
    }],
  ],
}
