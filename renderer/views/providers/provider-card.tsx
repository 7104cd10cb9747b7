// One execution provider: whether it is used, why not, and what its trial measured.
import type { ProviderTrial } from '../../../preload/contract/providers.ts'
import { Facts } from '../../ui/facts.tsx'
import { providerName } from '../shell/engine-words.ts'
import { deviceWords, nodeWords, paceWords, parityWords } from './provider-words.ts'

export function ProviderCard({ trial }: { readonly trial: ProviderTrial }) {
  const { provider, form, ok, reason, facts, device } = trial
  const isFloat = form === 'float'
  return (
    <li data-testid={`provider-${provider}${isFloat ? '-float' : ''}`}>
      <h4>
        {providerName(provider)}
        {isFloat && ' in floats'}
        {ok && <span className="in-use">In use</span>}
      </h4>
      {reason !== '' && <p className="selectable">{reason}</p>}
      <Facts
        facts={[
          ['Device', device ? deviceWords(device) : ''],
          ['Photos/s', facts ? paceWords(facts) : ''],
          [
            isFloat ? 'Against floats on the CPU' : 'Against CPU',
            facts?.parity ? parityWords(facts.parity) : '',
          ],
          ['Left to the CPU', facts && provider !== 'cpu' ? nodeWords(facts.nodes) : ''],
        ]}
      />
    </li>
  )
}
