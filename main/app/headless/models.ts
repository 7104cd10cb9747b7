// `latent models`: which networks there are, and bringing in one's own.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultModelId } from '../../models/catalogue.ts'
import { type InstalledModel, modelsIn, sentenceOf } from '../../models/installed.ts'
import { removeModel } from '../../models/remove-model.ts'
import type { Places } from '../places.ts'
import { readArguments, theOnly } from './arguments.ts'
import { listCatalogue } from './models-catalogue.ts'
import { importModel } from './models-import.ts'
import { installModel } from './models-install.ts'
import { changeModelLabels } from './models-labels.ts'
import { quantise } from './models-quantise.ts'
import { verifyModels } from './models-verify.ts'
import { type ExitCode, exitCode, printLine, UsageError } from './output.ts'

export const modelsHelp = `Usage: latent models list
       latent models catalogue
       latent models install <id>
       latent models import <file.onnx|file.tflite> [--id id] [--name name] [--card card.json]
                            [--labels labels.txt] [--yes]
       latent models import <vision.onnx> --text text.onnx --tokenizer tokenizer.json
                            [--tokenizer-config tokenizer_config.json] [...]
       latent models import <folder> [...]
       latent models labels <id> --labels labels.txt|imagenet|subjects [--template 'a photo of a {}']
       latent models verify [id] [--photos <folder>]
       latent models quantise <id> --photos <folder> [--out dir] [--calibrate 50] [--check 200]
       latent models remove <id>

list    a JSON line a network: {"id","name","builtIn","default","labels","classes","side",
        "embedding","megabytes"}.
catalogue  the networks that can be had by name, a JSON line each: {"id","name","year","licence",
        "top1","top5","side","embedding","bytes","sha256","url","installed"}.
install fetches one of them, checks it, tries it and installs it; nothing is fetched before
        you ask for it. Run again after a cut it goes on where it was; a file that you have already can be
        imported instead. Prints {"id","installed"}.
import  reads a network, guesses how it is to be fed and read, and tries it in a process of its own
        (20 s, 2 GB of memory, files up to 500 MB). Prints one line
        {"card","notes","labels","ms","installed"}: the card as guessed, what the guesses rest on,
        and what the network says to an example photo. Where a guess is wrong, write what is right
        into a file (the card or any part of it) and hand it back.
          --id, --name   how it is called; by default after the file
          --card file    what you know better than the guess, as JSON
          --labels file  names of the classes, a line each, in the order of the scores
          --text, --tokenizer, --tokenizer-config
                         the text network that goes with a picture network (CLIP, SigLIP): then
                         photos can be searched by free text and given labels of your own. A folder
                         as optimum and transformers.js write it is recognised as a whole
          --yes          install it as the card says; a complete --card does as well
labels  gives a model that was imported with a text network other labels, from a file (a line each) or
        a list that comes with Latent; --template, once or several times, is the sentence that a
        label is asked for in. The next latent index renews the labels of a library from its
        embeddings, without reading a photo. Prints {"id","labels","templates"}.
verify  compares a network's files with its card and runs it (all networks without an id); prints
        {"id","ok","reason"?,"labels","ms"}.
          --photos dir   also how often its first label, and one of its first five, is right on
                         photos in folders, or with names, that begin with their class's WordNet
                         id (n02099712_1.jpg): {"id","photos","top1","top5"}
quantise  makes an integer twin of a network's float form, calibrated on some of your photos and
        compared with it on others; installs it as <id>-int8 (or into --out) when it is faster. Prints
        {"id","kept","sameTop1","top1InTop5","meanEmbeddingCosine","photosPerSecond",...}.
remove  deletes a network that you imported.

Networks that were imported work wherever a command takes --model id.
Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function models(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [action = 'none', ...rest] = argv
  switch (action) {
    case 'list':
      return list(rest, at)
    case 'catalogue':
      return listCatalogue(rest, at)
    case 'install':
      return installModel(rest, at, signal)
    case 'import':
      return importModel(rest, at, signal)
    case 'labels':
      return changeModelLabels(rest, at, signal)
    case 'verify':
      return verifyModels(rest, at, signal)
    case 'quantise':
      return quantise(rest, at, signal)
    case 'remove':
      return remove(rest, at)
    default:
      throw new UsageError(
        `Expected list, catalogue, install, import, labels, verify, quantise or remove but received ${action}.`,
      )
  }
}

async function list(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { positionals } = readArguments(argv, {})
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  for (const folder of [at.modelsFolder, at.userModelsFolder]) {
    const builtIn = folder === at.modelsFolder
    for (const { id, model } of await modelsIn(folder)) {
      if (model.ok) printLine(await lineOf(model.value, builtIn))
      else printLine({ id, builtIn, reason: sentenceOf(model.error) })
    }
  }
  return exitCode.complete
}

async function lineOf({ card, folder }: InstalledModel, builtIn: boolean): Promise<object> {
  const files = [...new Set([card.quantised.file, card.float.file])]
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(folder, file)).catch(() => undefined))?.size ?? 0),
  )
  return {
    id: card.id,
    name: card.name,
    builtIn,
    default: card.id === defaultModelId,
    labels: card.labels.kind,
    classes: card.classCount,
    side: card.inputSizePx,
    embedding: card.embeddingDim,
    megabytes: Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e5) / 10,
  }
}

async function remove(argv: readonly string[], at: Places): Promise<ExitCode> {
  const { positionals } = readArguments(argv, {})
  const id = theOnly('id', positionals)
  const removed = await removeModel(at, id)
  if (!removed.ok) throw new Error(sentenceOf(removed.error))
  printLine({ id, removed: true })
  return exitCode.complete
}
