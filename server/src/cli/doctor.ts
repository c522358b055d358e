import { reasonOf, StartError } from '../kernel/start-error.ts'
import type { Command, CommandCall } from './command.ts'
import { doctorChecks, type DoctorCheck, type Finding } from './doctor-checks.ts'

/** `npx ecluse doctor`: looks at everything that can be wrong and says so; changes nothing. */
export const doctorCommand: Command = {
  arguments: [],
  options: {},
  run: async (call) => {
    const findings: (Finding & Pick<DoctorCheck, 'name' | 'title'>)[] = []
    for (const check of doctorChecks) {
      if (call.signal.aborted) break
      const finding = await examine(check, call)
      findings.push({ name: check.name, title: check.title, ...finding })
      if (!finding.ok && check.vital) break
    }
    const failed = findings.filter((finding) => !finding.ok).length
    return {
      ok: failed === 0,
      result: { checks: findings.map(({ name, ok, detail, figures }) => ({ name, ok, detail, ...figures })), failed },
      lines: [
        ...findings.map(({ title, ok, detail }) => `${ok ? '✓' : '✗'} ${call.text(title)} – ${detail}`),
        failed === 0 ? call.text('cli.doctor.ok') : call.text('cli.doctor.not_ok', { failed, total: findings.length }),
      ],
    }
  },
}

/** A check that cannot be made is a finding too: the others still run. */
async function examine(check: DoctorCheck, call: CommandCall): Promise<Finding> {
  try {
    return await check.run(call)
  } catch (error) {
    const reason = error instanceof StartError ? error.lines(call.locale).join(' ') : reasonOf(error)
    return { ok: false, detail: call.text('doctor.failed', { reason }) }
  }
}
