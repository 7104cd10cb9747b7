// The one way in from the window: known sender, parsed input, Result out.
import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { fail, type Result } from '../../preload/contract/errors.ts'
import {
  type RequestName,
  type RequestOutput,
  type RequestParsed,
  requests,
} from '../../preload/contract/requests.ts'
import { appOrigin } from '../app/app-protocol.ts'

export type Handlers = {
  readonly [Name in RequestName]: (
    input: RequestParsed<Name>,
  ) => Promise<Result<RequestOutput<Name>>> | Result<RequestOutput<Name>>
}

export type ActivationAtlasRequestName = Extract<RequestName, `activation-atlas:${string}`>
export type CloudRequestName = Extract<RequestName, `cloud:${string}`>
export type ProviderRequestName = Extract<RequestName, `providers:${string}`>
export type InspectorRequestName = Extract<RequestName, `inspector:${string}`>
export type TruthRequestName = Extract<RequestName, `truth:${string}`>
export type LabelsRequestName = Extract<RequestName, `labels:${string}`>
export type ModelsRequestName = Extract<RequestName, `models:${string}`>

/** Answers every request of the contract; leaving one out fails the type-check. */
export function handleRequests(handlers: Handlers): void {
  for (const name of Object.keys(requests) as RequestName[]) {
    ipcMain.handle(name, (event, input: unknown) => answer(name, event, input, handlers))
  }
}

async function answer<Name extends RequestName>(
  name: Name,
  event: IpcMainInvokeEvent,
  input: unknown,
  handlers: Handlers,
): Promise<Result<unknown>> {
  if (!isOwnWindow(event)) return fail('bad-request', 'The request came from a foreign page.')
  const parsed = requests[name].input.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return fail('bad-request', `Expected a valid ${name}: ${issue?.message ?? 'wrong input'}`)
  }
  try {
    // safeParse gave exactly the type that the handler of this name takes.
    return await handlers[name](parsed.data as RequestParsed<Name>)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${name}: ${error instanceof Error ? error.stack : message}\n`)
    return fail('internal', message)
  }
}

function isOwnWindow({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === appOrigin
}
