// Which operators can be differentiated.
import type { GradientRule, GradientRules } from './backward-step.ts'
import { activationRules } from './ops/activation.ts'
import { arithmeticRules } from './ops/arithmetic.ts'
import { convolutionRules } from './ops/convolution.ts'
import { layoutRules } from './ops/layout.ts'
import { matrixRules } from './ops/matrix.ts'
import { normalisationRules } from './ops/normalisation.ts'
import { poolingRules } from './ops/pooling.ts'
import { quantisationRules } from './ops/quantisation.ts'
import { reductionRules } from './ops/reduction.ts'

/** To add an operator: write its rule in `ops/`, list it there, and test it there. */
const rules: GradientRules = {
  ...convolutionRules,
  ...matrixRules,
  ...activationRules,
  ...poolingRules,
  ...reductionRules,
  ...normalisationRules,
  ...arithmeticRules,
  ...layoutRules,
  ...quantisationRules,
}

export const differentiableOps: readonly string[] = Object.keys(rules).sort()

/** undefined for operators outside ai.onnx and those without a rule. */
export const gradientRule = (domain: string, opType: string): GradientRule | undefined =>
  (domain === '' || domain === 'ai.onnx') && Object.hasOwn(rules, opType)
    ? rules[opType]
    : undefined
