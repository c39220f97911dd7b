import { Command, Option } from 'commander';
import type { PeopleAnswer, RolePeople, SelectableRole } from '../answers/people.ts';
import type { TenantId } from '../decision/ids.ts';
import { sandboxTenant } from '../sandbox/people.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { jsonOption, type TenantOptions, tenantOption, withDirectory, withProduct } from './with-product.ts';

interface RolesOptions extends TenantOptions {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export function peopleCommand(): Command {
  return new Command('people')
    .description('show who holds the roles that count, as the directory was last read')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const people = await orRefused(options, () => peopleOf(options.tenant));
      if (options.json) printJson(peopleJson(people));
      else printPeople(people);
    })
    .addCommand(rolesCommand().exitOverride().showHelpAfterError());
}

function rolesCommand(): Command {
  return new Command('roles')
    .description('show or choose the roles whose holders see amounts, act and are told')
    .addOption(roleOption('--add <role>', 'a role that is to count, by its name or template id'))
    .addOption(roleOption('--remove <role>', 'a role that is to count no more'))
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (_: unknown, command: Command) => {
      // The tenant and --json may stand before "roles" as well as after it.
      const options = command.optsWithGlobals<RolesOptions>();
      const roles = await orRefused(options, () => rolesOf(options));
      if (options.json) printJson({ roles: roles.map(roleJson) });
      else for (const role of roles) printLine(`${role.chosen ? 'counts' : '      '}  ${role.name}`);
    });
}

function roleOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .default([], 'none')
    .argParser((role: string, earlier: readonly string[]) => [...earlier, role]);
}

async function rolesOf({ tenant, add, remove }: RolesOptions): Promise<readonly SelectableRole[]> {
  if (add.length + remove.length === 0) return withProduct((product) => product.roles(tenant));
  const actor = 'credits people roles';
  const chosen = await withProduct((product) => product.chooseRoles({ tenant, actor, add, remove }));
  if (chosen.kind === 'done') return chosen.outcome;
  const { code, data } = chosen.refusal;
  throw new Refused(code, sentence(code, data?.role));
}

function sentence(code: string, role: string | number | undefined): string {
  if (code === 'unknown-role') {
    return `There is no role "${role}" to choose. "credits people roles" lists those that there are.`;
  }
  return 'One role at least must count, else nobody could use the bot. Add another role first.';
}

async function peopleOf(tenant: TenantId): Promise<PeopleAnswer> {
  const known = await withProduct((product) => product.people(tenant));
  if (known !== null) return known;
  if (tenant === sandboxTenant.id) return sandboxPeopleNow();
  throw new Refused(
    'people-unknown',
    `Nobody of tenant ${tenant} was read from the directory yet. The bot does so when somebody asks it who is notified.`,
  );
}

/** The sandbox's directory is made up and in our hands, so that it need not be running. */
function sandboxPeopleNow(): Promise<PeopleAnswer> {
  return withDirectory(async (product) => {
    await product.refreshPeople(sandboxTenant.id);
    const people = await product.people(sandboxTenant.id);
    if (people === null) throw new Error('What was just read is not kept.');
    return people;
  });
}

function peopleJson({ asOf, eligibleKnown, roles }: PeopleAnswer) {
  return {
    asOf: isoTime(asOf),
    eligibleKnown,
    roles: roles.map((role) => ({ ...roleJson(role), holders: role.holders.map(holderJson) })),
  };
}

function roleJson({ role, name, chosen }: SelectableRole) {
  return { role, name, chosen };
}

function holderJson(holder: RolePeople['holders'][number]) {
  const { person, displayName, how, enabled, guest, scope, until, standing } = holder;
  return {
    id: person,
    displayName,
    how,
    enabled,
    guest,
    scope,
    until: until === null ? null : isoTime(until),
    standing,
  };
}

function printPeople({ asOf, eligibleKnown, roles }: PeopleAnswer): void {
  printLine(`as the directory was at ${isoTime(asOf)}`);
  for (const { name, chosen, holders } of roles) {
    printLine(`${name}${chosen ? '' : ' (does not count)'}: ${holders.length === 0 ? 'nobody' : ''}`.trim());
    for (const holder of holders) printLine(`  ${holder.displayName}, ${holdText(holder)}`);
  }
  if (!eligibleKnown) printLine('the tenant does not tell who is eligible');
}

function holdText({ how, scope, until, standing }: RolePeople['holders'][number]): string {
  const end = until === null ? '' : ` until ${isoTime(until)}`;
  switch (standing) {
    case 'active':
      return `${how}${end}`;
    case 'eligible':
      return 'eligible, not active';
    case 'part':
      return `${how}, only in ${scope}`;
    case 'guest':
      return `${how}, a guest`;
    case 'disabled':
      return `${how}, sign-in blocked`;
  }
}
