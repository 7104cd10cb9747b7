// A process that main starts and ends, whatever carries it.

export interface Child<ToChild> {
  send(message: ToChild): void
  kill(): void
}

export interface ChildEvents<FromChild> {
  readonly onMessage: (message: FromChild) => void
  readonly onExit: (code: number | null) => void
}

export type Fork<ToChild, FromChild> = (events: ChildEvents<FromChild>) => Child<ToChild>
