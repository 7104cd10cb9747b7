import { describe, expect, it } from 'vitest'
import {
  type CloudStatus,
  firstCloudSettings,
  type LayoutFacts,
} from '../../../preload/contract/cloud.ts'
import { stateLine, truthWords } from './cloud-words.ts'

const facts: LayoutFacts = {
  k: 15,
  trustworthiness: 0.97,
  continuity: 0.96,
  sampled: 500,
  exactNeighbours: true,
  seconds: 3,
}

const status: CloudStatus = {
  libraryId: '0123456789abcdef',
  state: 'ready',
  stage: null,
  fraction: 1,
  reason: '',
  settings: firstCloudSettings,
  method: 'umap',
  facts,
  pointCount: 1234,
  placedCount: 0,
  pointsRevision: 1,
  positionsRevision: 1,
  clustersRevision: 1,
  clusters: [],
}

describe('the state line', () => {
  it('tells what goes on and how far it is', () => {
    const working = { ...status, state: 'working', stage: 'neighbours', fraction: 0.4 } as const
    expect(stateLine(working)).toBe('Finding neighbours, 40%')
  })

  it('tells how many photos there are, how true the layout is and what came since', () => {
    expect(stateLine(status)).toBe('1,234 photos · very true layout')
    expect(stateLine({ ...status, placedCount: 1 })).toContain('1 photo placed since')
    expect(stateLine({ ...status, facts: { ...facts, sampled: 6 } })).toBe('1,234 photos')
    expect(stateLine({ ...status, facts: null, method: 'pca' })).toBe('1,234 photos · rough layout')
  })
})

it('calls a layout by the worse of its two figures', () => {
  expect(truthWords(facts)).toBe('very true layout')
  expect(truthWords({ ...facts, continuity: 0.91 })).toBe('true layout')
  expect(truthWords({ ...facts, trustworthiness: 0.5 })).toBe('loose layout')
})
