// Progress goes to stderr: stdout carries the result alone.
export const say = (message: string): void => void process.stderr.write(`${message}\n`)
