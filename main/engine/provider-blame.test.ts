import { describe, expect, it } from 'vitest'
import { ProviderBlame } from './provider-blame.ts'

describe('ProviderBlame', () => {
  it('benches a provider at its first death in trial', () => {
    const blame = new ProviderBlame([])
    blame.tries('dml')
    expect(blame.died(1)).toBe('provider-in-trial')
    expect(blame.benched).toMatchObject([{ provider: 'dml', ok: false }])
    expect(blame.reason).toBe('')
  })

  it('benches a provider at its second death at work, with the reason', () => {
    const blame = new ProviderBlame([])
    blame.worksOn('dml')
    expect(blame.died(1)).toBe('files')
    blame.worksOn('dml')
    expect(blame.died(1)).toBe('provider-at-work')
    expect(blame.benched).toMatchObject([{ provider: 'dml' }])
    expect(blame.reason).toContain('dml is not used')
  })

  it('never blames the CPU, nor a provider while another is tried', () => {
    const blame = new ProviderBlame([])
    blame.worksOn('dml')
    blame.died(1)
    blame.tries('cpu')
    expect(blame.died(1)).toBe('files')
    for (let death = 0; death < 3; death++) {
      blame.worksOn('cpu')
      expect(blame.died(1)).toBe('files')
    }
    expect(blame.benched).toEqual([])
  })

  it('forgives a crash that lies a thousand photos back', () => {
    const blame = new ProviderBlame([])
    blame.worksOn('cuda')
    blame.died(1)
    blame.worksOn('cuda')
    for (let photo = 0; photo < 1_000; photo++) blame.analysed()
    expect(blame.died(1)).toBe('files')
    blame.worksOn('cuda')
    expect(blame.died(1)).toBe('provider-at-work')
  })

  it('does not bench the only provider that may be used', () => {
    const blame = new ProviderBlame(['cuda'])
    for (let death = 0; death < 3; death++) {
      blame.worksOn('cuda')
      expect(blame.died(1)).toBe('files')
    }
  })

  it('forgets what happened at work when it was a file, but not what happened in trial', () => {
    const blame = new ProviderBlame([])
    blame.tries('dml')
    blame.died(1)
    for (let death = 0; death < 2; death++) {
      blame.worksOn('cuda')
      blame.died(1)
    }
    blame.pardon()
    expect(blame.benched.map(({ provider }) => provider)).toEqual(['dml'])
    expect(blame.reason).toBe('')
  })
})
