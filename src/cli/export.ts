import { Command } from 'commander';
import { exportAuditCommand } from './export-audit.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write out what is kept of a tenant')
    .addCommand(exportAuditCommand().exitOverride().showHelpAfterError());
}
