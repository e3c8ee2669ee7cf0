import type { Initialisation } from '.'

export default {
  id: 'he-normal',
  version: 1,
  title: 'He normal',
  help: 'Normal with variance 2 / fan-in of the dense network; biases start at 0.',
  source: 'He, Zhang, Ren, Sun 2015, arXiv 1502.01852, equation 10; torch.nn.init.kaiming_normal_',
  deviation: ({ inputs }) => Math.sqrt(2 / inputs),
} satisfies Initialisation
