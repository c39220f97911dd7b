import { Command } from 'commander';
import type { Finding } from '../workflows/doctor/finding.ts';
import { fixFor } from './doctor-fixes.ts';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check Redis, permissions, secrets, clocks and the age of figures, and say how to mend each')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const { mode, findings } = await orRefused(options, () => examined(options));
      const failed = findings.filter(({ outcome }) => outcome === 'fail').length;
      if (options.json) printJson({ ok: failed === 0, mode, checks: findings.map(checkJson) });
      else {
        if (mode === 'sandbox')
          printLine('The sandbox: Microsoft Graph is made up. Set CLIENT_ID for the real one.');
        printFindings(findings);
      }
      if (failed > 0) throw new Refused('checks-failed', `${failed} of ${findings.length} checks failed.`);
    });
}

function examined({ tenant }: TenantOptions) {
  return withDirectory(async (product, config) => ({
    mode: config.mode,
    findings: await product.doctor(tenant, config),
  }));
}

function checkJson(finding: Finding) {
  const { check, outcome, code, data } = finding;
  return { check, outcome, code, fix: fixFor(finding), data };
}

function printFindings(findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const finding of findings) {
    const { check, outcome, code } = finding;
    printLine(`${outcome.padEnd(4)}  ${check.padEnd(width)}  ${code}`);
    const fix = fixFor(finding);
    if (fix !== null) printLine(`      ${fix}`);
  }
  const count = (outcome: Finding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome).length;
  printLine(`${count('pass')} passed, ${count('warn')} to look at, ${count('fail')} failed.`);
}
