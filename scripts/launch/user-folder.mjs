// The folder the person was in: npm runs scripts from the checkout, and says where it came from.

/** @param {NodeJS.ProcessEnv} [env] */
export function userFolder(env = process.env, cwd = process.cwd()) {
  return (env.npm_lifecycle_event && env.INIT_CWD) || cwd
}
