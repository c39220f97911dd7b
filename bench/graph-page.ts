import { randomUUID } from 'node:crypto';

export const rowsPerPage = 1_000;

const people = Array.from({ length: 500 }, (_, index) => ({ id: randomUUID(), name: `Person ${index}` }));
const destinations = ['Germany', 'South Korea', 'Japan', 'United Kingdom', 'Brazil', 'India'];
const first = Date.UTC(2026, 7, 26);
const ninetyDaysMs = 90 * 86_400_000;

/** One page of `getPstnCalls` as Graph writes it, of so many that ninety days come to. */
export function graphPage(page: number, pages: number): string {
  const next = `https://graph.microsoft.com/v1.0/communications/callRecords/getPstnCalls(from=2026-08-26,to=2026-11-24)?$skip=${(page + 1) * rowsPerPage}`;
  return JSON.stringify({
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.callRecords.pstnCallLogRow)',
    '@odata.count': rowsPerPage,
    ...(page + 1 < pages ? { '@odata.nextLink': next } : {}),
    value: Array.from({ length: rowsPerPage }, (_, index) =>
      row(page * rowsPerPage + index, pages * rowsPerPage),
    ),
  });
}

function row(index: number, rows: number) {
  const person = people[index % people.length] ?? { id: randomUUID(), name: 'Nobody' };
  const start = first + Math.floor((index * ninetyDaysMs) / rows);
  const seconds = 30 + ((index * 37) % 1_500);
  const pooled = index % 3 === 0;
  return {
    id: randomUUID(),
    callId: `1835317186_${index}@61.221.3.177`,
    userId: person.id,
    userPrincipalName: `person.${index % people.length}@harborline.example`,
    userDisplayName: person.name,
    startDateTime: new Date(start).toISOString().replace('Z', '2589Z'),
    endDateTime: new Date(start + seconds * 1_000).toISOString().replace('Z', '2589Z'),
    duration: seconds,
    charge: pooled ? 0 : (index % 7) + 1 + (index % 100) / 100,
    callType: 'user_out',
    currency: 'USD',
    calleeNumber: `+4930555${String(index % 10_000).padStart(4, '0')}`,
    usageCountryCode: 'US',
    tenantCountryCode: 'US',
    connectionCharge: 0,
    callerNumber: '+14255550142',
    destinationContext: 'International',
    destinationName: destinations[index % destinations.length],
    conferenceId: null,
    licenseCapability: pooled ? 'MCOPSTN2' : 'MCOPSTNPP',
    inventoryType: 'Subscriber',
    operator: 'Microsoft',
    callDurationSource: 'microsoft',
  };
}
