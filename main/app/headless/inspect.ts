// `latent inspect`: what a network computed on one photo, in lines and files.
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { attributionMethod, type LayerInfo } from '../../../preload/contract/inspector.ts'
import { exportFile, fileName, pictureNotes } from '../../export/export-file.ts'
import { withNotes } from '../../export/png-text.ts'
import type { Inspector } from '../../inspect/inspector.ts'
import { channelGrid, spotlit } from '../../inspect/pictures.ts'
import type { NetworkSpec } from '../../inspect/protocol.ts'
import type { LabelSet } from '../../models/labels.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'
import { startInspector } from './start-inspector.ts'

export const inspectHelp = `Usage: latent inspect <photo> [--model id] [what]

Without more, one JSON line a label: {"index","wnid","name","probability","logit","path","confusions"}.

  --layers                      a line a layer, in order:
                                {"layer","kind","channels","height","width","parameters","ms","field"}
  --layer <name> --out <dir>    the layer's activations: a grid of all channels as PNG, the values
                                as .npy [C, H, W]; prints {"path"} lines
    --channel n                 only this channel, [H, W]
  --why <label> --out file.png  the photo lit where it speaks for the label (a name, index or wnid)
    --method name             grad-cam (default), occlusion or smooth-grad
  --model id                    which network (default inception-v3; see latent models list)

In a PNG of activations black is a channel's least value and white its greatest.
Exit code: 0 complete, 1 failed, 2 wrong usage.`

interface Open {
  readonly inspector: Inspector
  readonly network: NetworkSpec
  readonly labels: LabelSet
  readonly session: string
  readonly photo: string
}

export async function inspect(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    model: { type: 'string' },
    layers: { type: 'boolean' },
    layer: { type: 'string' },
    channel: { type: 'string' },
    why: { type: 'string' },
    method: { type: 'string', default: 'grad-cam' },
    out: { type: 'string' },
  })
  const photo = theOnly('photo', positionals)
  const { layer, why, out } = values
  if ([values.layers, layer, why].filter((wanted) => wanted !== undefined).length > 1) {
    throw new UsageError('Expected one of --layers, --layer and --why.')
  }
  if ((layer ?? why) !== undefined && out === undefined) throw new UsageError('Expected --out.')
  const method = attributionMethod.safeParse(values.method)
  if (!method.success) {
    throw new UsageError(
      `Expected --method grad-cam, occlusion or smooth-grad, not ${values.method}.`,
    )
  }
  const channel =
    values.channel === undefined ? undefined : wholeNumber('channel', values.channel, 0, 1_000_000)
  const { inspector, model } = await startInspector(at, values.model)
  try {
    const wanted = why === undefined ? undefined : classOf(why, model.labels)
    const name = basename(photo)
    const source = { kind: 'file', path: resolve(photo) } as const
    const opened = await inspector.open('a', { name, source, photoId: null }).catch((error) => {
      throw new Error(`${photo}: ${error instanceof Error ? error.message : String(error)}`)
    })
    const { network, labels } = model
    const open: Open = { inspector, network, labels, session: opened.session, photo: name }
    if (values.layers) for (const info of (await inspector.model()).layers) printLayer(info)
    else if (layer !== undefined) await writeLayer(open, layer, channel, resolve(out ?? ''))
    else if (wanted !== undefined) {
      await writeWhy(open, wanted, method.data, resolve(out ?? ''))
    } else if (labels.size === 0) {
      throw new Error(`${values.model} gives features and no labels: ask for its --layers.`)
    } else for (const label of opened.labels) printLine(label)
    return exitCode.complete
  } finally {
    inspector.dispose()
  }
}

function printLayer({ inner, ...info }: LayerInfo): void {
  const { name, kind, channels, heightPx, widthPx, parameterCount, ms, receptiveField } = info
  printLine({
    layer: name,
    kind,
    channels,
    height: heightPx,
    width: widthPx,
    parameters: parameterCount,
    ms: ms === null ? null : round(ms, 3),
    field: receptiveField,
  })
  for (const step of inner) printLayer(step)
}

async function writeLayer(
  { inspector, network, session, photo }: Open,
  layer: string,
  channel: number | undefined,
  folder: string,
): Promise<void> {
  const request = { kind: 'tensor', session, layer } as const
  const tensor = await exportFile(
    inspector,
    network,
    channel === undefined ? request : { ...request, channel },
  )
  const { activations, bytes } = await inspector.layer(session, layer)
  const { channels, heightPx, widthPx } = activations
  const area = heightPx * widthPx
  const shown = channel === undefined ? bytes : bytes.subarray(channel * area, (channel + 1) * area)
  const grid = channelGrid(shown, channel === undefined ? channels : 1, heightPx, widthPx)
  const title = channel === undefined ? layer : `${layer} channel ${channel}`
  const png = withNotes(await inspector.encode(grid), pictureNotes(photo, network, title))
  await mkdir(folder, { recursive: true })
  const picture = join(folder, fileName(photo, network.id, title, 'png'))
  await writeFile(picture, png)
  await writeFile(join(folder, tensor.name), tensor.contents)
  const { min, max, mean, sparsity } = activations
  printLine({ path: picture, layer, channels, height: heightPx, width: widthPx })
  printLine({ path: join(folder, tensor.name), layer, min, max, mean, sparsity })
}

async function writeWhy(
  { inspector, network, labels, session, photo }: Open,
  classIndex: number,
  method: 'grad-cam' | 'occlusion' | 'smooth-grad',
  path: string,
): Promise<void> {
  const map = await inspector.attribution(session, method, classIndex)
  const lit = spotlit(inspector.pixels(session), network.inputSizePx, map)
  const { name } = labels.label(classIndex, 0)
  const title = `${method} for ${name}`
  await writeFile(path, withNotes(await inspector.encode(lit), pictureNotes(photo, network, title)))
  printLine({ path, method, index: classIndex, name, layer: map.layer, ms: round(map.ms, 1) })
}

/** @throws UsageError when no class, or more than one, goes by this name */
function classOf(text: string, labels: LabelSet): number {
  const index = Number(text)
  if (text.trim() !== '' && Number.isInteger(index) && index >= 0 && index < labels.size) {
    return index
  }
  const all = Array.from({ length: labels.size }, (_, i) => labels.label(i, 0))
  const lower = text.toLowerCase()
  const exact = all.filter(({ name, wnid }) => name.toLowerCase() === lower || wnid === lower)
  const found =
    exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase().includes(lower))
  const [only, ...more] = found
  if (only === undefined) throw new UsageError(`No label goes by “${text}”.`)
  if (more.length > 0) {
    const names = found.slice(0, 6).map(({ name, index: i }) => `${name} (${i})`)
    throw new UsageError(`Several labels go by “${text}”: ${names.join(', ')}. Choose one.`)
  }
  return only.index
}
