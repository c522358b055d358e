import { spawn } from 'node:child_process'

/**
 * Runs a program to its end and answers its status (a signal counts as 1). It shares our terminal unless `options` says
 * otherwise, and whoever interrupts us interrupts it too.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', forward).on('SIGTERM', forward)
    const done = () => void process.off('SIGINT', forward).off('SIGTERM', forward)
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('close', (status) => {
      done()
      resolve(status ?? 1)
    })
  })
}

/** Runs a Node program of this repository. */
export const runNode = (args, options) => run(process.execPath, args, options)
