import { randomUUID } from 'node:crypto';

const header =
  'UsageId,Call ID,Conference ID,User Location,AAD ObjectId,UPN,User Display Name,Caller ID,Call Type,Number Type,Domestic/International,Destination Dialed,Destination Number,Start Time,End Time,Duration Seconds,Connection Fee,Charge,Currency,Capability';

const people = Array.from({ length: 500 }, (_, index) => ({ id: randomUUID(), name: `Person ${index}` }));
const destinations = ['Germany', 'South Korea', 'Japan', 'United Kingdom', 'Brazil', 'India'];

/** A report of the documented columns: ninety days, every third row paid from a pool, the others from credits. */
export function usageReport(rows: number): Buffer {
  const lines = [header];
  const first = Date.UTC(2026, 7, 26);
  for (let row = 0; row < rows; row += 1) {
    const person = people[row % people.length] ?? { id: randomUUID(), name: 'Nobody' };
    const start = first + Math.floor((row * 90 * 86_400_000) / rows);
    const seconds = 30 + ((row * 37) % 1_500);
    const pooled = row % 3 === 0;
    lines.push(
      [
        randomUUID(),
        `1835317186_${row}@61.221.3.177`,
        '',
        'US',
        person.id,
        `person.${row % people.length}@harborline.example`,
        person.name,
        '+14255550142',
        'user_out',
        'Subscriber',
        'International',
        destinations[row % destinations.length],
        `+4930555${String(row % 10_000).padStart(4, '0')}`,
        new Date(start).toISOString(),
        new Date(start + seconds * 1_000).toISOString(),
        seconds,
        '0.00',
        pooled ? '0.00' : `${(row % 7) + 1}.${String(row % 100).padStart(2, '0')}`,
        'USD',
        pooled ? 'MCOPSTN2' : 'MCOPSTNPP',
      ].join(','),
    );
  }
  return Buffer.from(lines.join('\r\n'));
}
