import { readFileSync } from 'node:fs'

/**
 * Under `npm start` there is a shell between npm and us: ending npm ends the shell, and no signal reaches us. So we look, twice
 * a second, whether those who started us are still there, and ask ourselves to stop when they are not.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const npm = isNpm(shell) ? null : npmAbove(shell)
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === null || npmAbove(shell) === npm)) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  timer.unref()
}

/** The number of the npm that started a process; null when something else did, and where there is no `/proc` to tell. */
function npmAbove(pid) {
  const stat = read(`/proc/${pid}/stat`)
  const parent = stat === null ? 0 : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  return isNpm(parent) ? parent : null
}

const isNpm = (pid) => /^npm\b/.test(read(`/proc/${pid}/cmdline`) ?? '')

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
