// `npm run bench -- <name>`: measurements with their limits, as JSON on stdout.
import { benchCloud } from './cloud/cloud.ts'
import { benchNeighbours } from './cloud/neighbours.ts'
import { benchFlatness } from './flatness/flatness.ts'
import { benchIndex } from './index/index-folder.ts'
import { benchInference } from './inference/inference.ts'
import { benchDreams } from './inspect/dreams.ts'
import { benchInspector } from './inspect/inspector.ts'
import { benchPointing } from './inspect/pointing.ts'
import { benchKills } from './kills/kills.ts'
import { benchPhotos } from './photos/make-photos.ts'
import { benchFallback } from './providers/fallback.ts'
import { benchProviders } from './providers/providers.ts'
import { benchScene } from './scene/scene.ts'
import { benchOpening } from './window/cloud-opening.ts'
import { benchDrop } from './window/drop.ts'
import { benchWindow } from './window/index-in-window.ts'
import { benchWander } from './window/wander.ts'

type Benchmark = (args: readonly string[]) => Promise<object>

const benchmarks: Readonly<Record<string, Benchmark>> = {
  index: benchIndex,
  inference: benchInference,
  providers: benchProviders,
  fallback: benchFallback,
  flatness: benchFlatness,
  kills: benchKills,
  window: benchWindow,
  drop: benchDrop,
  inspector: benchInspector,
  pointing: benchPointing,
  dreams: benchDreams,
  cloud: benchCloud,
  scene: benchScene,
  neighbours: benchNeighbours,
  opening: benchOpening,
  wander: benchWander,
  photos: benchPhotos,
}

const usage = `Usage: npm run bench -- <benchmark>

  index <folder> [--batch 8] [--provider cpu]
                                       decoding, inference, both, and other programs
  inference [models] [--classics]      networks alone: beside the bare loop, float beside integers
  providers [models] [--classics]      what each execution provider makes of each network
  fallback <folder> --take <command> [--batch 8]
                                       what becomes of the work when the device is taken away
  flatness <folder> [--count 20000] [--window 1000]
                                       whether a photo's cost grows with the library
  kills <folder> [--kills 50]          what ends by force do to a library
  window <folder>                      whether the window's program stays responsive meanwhile
  drop [--count 20]                    how long a dropped photo takes to say what it is
  inspector <folder>                   how fast the Inspector answers; what its collecting costs
  pointing <folder>                    whether Grad-CAM looks at what the label names
  dreams <folder> [--layers a,b]       whether dreams excite their units more than any photo
  cloud [--count 20000] [--dim 2048] [--clusters 300] [--umap-js-count 4000] [--library <dir>]
                                       how fast and how true the Cloud's layout is
  neighbours [--count 100000] [--dim 2048] [--queries 200]
                                       how soon a photo's nearest are found
  opening [--count 100000]             how soon a large library's Cloud is on the screen
  wander [--minutes 30] [--count 5000] whether the Cloud stays sound and small under random use
  scene                                how fast the Cloud is drawn, and whether it is right
  photos <folder> [--count 20]         makes 24-megapixel photos for the others

<folder> holds photos; they are only read.`

const [name = '', ...rest] = process.argv.slice(2)
const benchmark = benchmarks[name]
if (benchmark === undefined) {
  process.stderr.write(`${usage}\n`)
  process.exitCode = 2
} else {
  process.stdout.write(`${JSON.stringify(await benchmark(rest), null, 2)}\n`)
}
