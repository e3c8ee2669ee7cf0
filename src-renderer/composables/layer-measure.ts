import { ref } from 'vue'

/** What is shown of layers: kept while one walks from pair to pair. */
export const layerMeasure = ref('layer.gradient.active.l2')
