// Answers a question that keeps changing: one run at a time, and the newest question next.

export interface Latest<Question> {
  /** Runs at once, or after the running one; a question that waited longer is dropped. */
  ask(question: Question): void
  /** Drops the question that waits. */
  forget(): void
}

export function createLatest<Question>(
  run: (question: Question) => Promise<void>,
): Latest<Question> {
  let running = false
  let waiting: { readonly question: Question } | null = null

  const work = async (): Promise<void> => {
    running = true
    try {
      while (waiting !== null) {
        const { question } = waiting
        waiting = null
        await run(question)
      }
    } finally {
      running = false
    }
  }

  return {
    ask: (question) => {
      waiting = { question }
      if (!running) void work()
    },
    forget: () => {
      waiting = null
    },
  }
}
