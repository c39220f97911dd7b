import { Command, CommanderError } from 'commander';
import { alertsCommand } from './alerts.ts';
import { balanceCommand } from './balance.ts';
import { coverageCommand } from './coverage.ts';
import { crossCheckCommand } from './cross-check.ts';
import { digestCommand } from './digest.ts';
import { doctorCommand } from './doctor.ts';
import { drillCommand } from './drill.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { feedCommand } from './feed.ts';
import { forecastCommand } from './forecast.ts';
import { historyCommand } from './history.ts';
import { importCommand } from './import.ts';
import { licensesCommand } from './licenses.ts';
import { peopleCommand } from './people.ts';
import { planCommand } from './plan.ts';
import { policyCommand } from './policy.ts';
import { quarantineCommand } from './quarantine.ts';
import { rateCommand } from './rate.ts';
import { ratesCommand } from './rates.ts';
import { reachCommand } from './reach.ts';
import { rebuildCommand } from './rebuild.ts';
import { recommendCommand } from './recommend.ts';
import { reconcileCommand } from './reconcile.ts';
import { Refused } from './refused.ts';
import { understandCommand } from './understand.ts';
import { usageCommand } from './usage.ts';
import { verifyCommand } from './verify.ts';

const exitCodes = { done: 0, refused: 1, wrongUsage: 2 } as const;

function program(): Command {
  const credits = new Command('credits')
    .description(
      "The operator's command of Credits Bot. Without REDIS_URL it works on the sandbox's Redis, running or not.",
    )
    .showHelpAfterError('(credits --help lists the commands)')
    .exitOverride();
  const commands = [
    alertsCommand(),
    balanceCommand(),
    drillCommand(),
    coverageCommand(),
    crossCheckCommand(),
    digestCommand(),
    doctorCommand(),
    explainCommand(),
    exportCommand(),
    feedCommand(),
    forecastCommand(),
    historyCommand(),
    importCommand(),
    peopleCommand(),
    licensesCommand(),
    planCommand(),
    quarantineCommand(),
    policyCommand(),
    rateCommand(),
    ratesCommand(),
    rebuildCommand(),
    reachCommand(),
    recommendCommand(),
    reconcileCommand(),
    understandCommand(),
    usageCommand(),
    verifyCommand(),
  ];
  for (const command of commands) {
    credits.addCommand(command.exitOverride().showHelpAfterError());
  }
  credits.addHelpText(
    'after',
    `
Exit codes: 0 done, 1 refused with a sentence on standard error, 2 wrong usage.
With --json exactly one JSON document is printed; money in it is a decimal string, time is ISO 8601 in UTC.`,
  );
  return credits;
}

async function run(): Promise<number> {
  try {
    await program().parseAsync(process.argv);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
    if (error instanceof Refused) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.refused;
    }
    throw error;
  }
}

// Whoever reads may have seen enough and close the pipe, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
});

process.exitCode = await run();
