{
  # What node-gyp asks a headers' folder for; ours come from the package node-api-headers.
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': { 'Release': {}, 'Debug': {} },
  },
}
