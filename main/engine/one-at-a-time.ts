// Does tasks one after the other, in the order in which they came, but urgent ones first.

export interface Ordered {
  /** Comes before every other task that has not begun. */
  readonly urgent: boolean
}

/** @param work must not reject @returns what adds a task */
export function oneAtATime<Task extends Ordered>(
  work: (task: Task) => Promise<void>,
): (task: Task) => void {
  const waiting: Task[] = []
  let working = false

  async function workOff(): Promise<void> {
    working = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
    working = false
  }

  return (task) => {
    if (task.urgent) waiting.unshift(task)
    else waiting.push(task)
    if (!working) void workOff()
  }
}
