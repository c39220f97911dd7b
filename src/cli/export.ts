import { Command } from 'commander';
import { exportAuditCommand } from './export-audit.ts';
import { exportJournalCommand } from './export-journal.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write out what is kept of a tenant')
    .addCommand(exportJournalCommand().exitOverride().showHelpAfterError())
    .addCommand(exportAuditCommand().exitOverride().showHelpAfterError());
}
