import { z } from 'zod';
import employeesJson from './employees.json' with { type: 'json' };

/** Where the made-up company works; numbers are of ranges that the regulators keep for fiction, or end in 555. */
export interface Office {
  readonly countryCode: string;
  /** Who bills it; the masking of numbers follows this country. */
  readonly tenantCountryCode: string;
  readonly hoursFromUtc: number;
  /** Followed by two digits of the employee. */
  readonly ownNumbers: string;
  /** The plan whose pool pays what it includes. */
  readonly poolCapability: string;
  readonly serviceNumber: string;
  readonly tollFreeNumber: string;
  /** Trailing digits of the other side that privacy law hides. */
  readonly maskedDigits: number;
  readonly domestic: Pick<Destination, 'prefix' | 'digits'>;
  /** Where its calls abroad go, and how often in relation to each other. */
  readonly abroad: readonly Destination[];
}

/** A made-up number is the prefix and random digits up to the length. */
export interface Destination {
  readonly prefix: string;
  readonly digits: number;
  readonly weight: number;
}

export interface Employee {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly office: Office;
  readonly number: string;
}

const places = {
  unitedStates: { prefix: '+1312555', digits: 4, weight: 5 },
  koreanMobile: { prefix: '+8210555', digits: 5, weight: 7 },
  koreanFixed: { prefix: '+822555', digits: 4, weight: 4 },
  britishMobile: { prefix: '+447700900', digits: 3, weight: 4 },
  germanFixed: { prefix: '+493023125', digits: 3, weight: 2 },
  japaneseFixed: { prefix: '+813555', digits: 5, weight: 3 },
  chineseMobile: { prefix: '+86138555', digits: 5, weight: 4 },
  indianMobile: { prefix: '+9198555', digits: 5, weight: 3 },
  mexicanFixed: { prefix: '+5255555', digits: 5, weight: 3 },
  brazilianMobile: { prefix: '+551195555', digits: 4, weight: 2 },
  vietnameseMobile: { prefix: '+8491555', digits: 4, weight: 2 },
  philippineMobile: { prefix: '+63917555', digits: 4, weight: 3 },
  emiratiMobile: { prefix: '+97150555', digits: 4, weight: 2 },
  nigerianMobile: { prefix: '+234803555', digits: 4, weight: 1 },
  jamaican: { prefix: '+1876555', digits: 4, weight: 1 },
  kazakh: { prefix: '+7701555', digits: 4, weight: 1 },
} satisfies Record<string, Destination>;

const { unitedStates, koreanMobile, koreanFixed, britishMobile, germanFixed, ...farther } = places;

export const offices = {
  seattle: {
    countryCode: 'US',
    tenantCountryCode: 'US',
    hoursFromUtc: -8,
    ownNumbers: '+120655501',
    poolCapability: 'MCOPSTN1',
    serviceNumber: '+14255550100',
    tollFreeNumber: '+18005550100',
    maskedDigits: 0,
    domestic: { prefix: '+120655501', digits: 2 },
    abroad: [koreanMobile, koreanFixed, britishMobile, germanFixed, ...Object.values(farther)],
  },
  seoul: {
    countryCode: 'KR',
    tenantCountryCode: 'US',
    hoursFromUtc: 9,
    ownNumbers: '+822555501',
    poolCapability: 'MCOPSTN2',
    serviceNumber: '+82255550100',
    tollFreeNumber: '+18005550101',
    maskedDigits: 0,
    domestic: { prefix: '+8231555', digits: 4 },
    abroad: [unitedStates, places.vietnameseMobile, places.chineseMobile, places.japaneseFixed],
  },
  london: {
    countryCode: 'GB',
    tenantCountryCode: 'US',
    hoursFromUtc: 0,
    ownNumbers: '+4420794609',
    poolCapability: 'MCOPSTN5',
    serviceNumber: '+442079460900',
    tollFreeNumber: '+18005550102',
    maskedDigits: 0,
    domestic: { prefix: '+441632960', digits: 3 },
    abroad: [unitedStates, germanFixed, places.emiratiMobile, places.indianMobile, places.nigerianMobile],
  },
  hamburg: {
    countryCode: 'DE',
    tenantCountryCode: 'DE',
    hoursFromUtc: 1,
    ownNumbers: '+494066969',
    poolCapability: 'MCOPSTN5',
    serviceNumber: '+4940669690',
    tollFreeNumber: '+498005550100',
    maskedDigits: 3,
    domestic: { prefix: '+493023125', digits: 3 },
    abroad: [unitedStates, britishMobile, places.chineseMobile, places.brazilianMobile],
  },
} satisfies Record<string, Office>;

const employeeSchema = z.object({
  id: z.string().uuid(),
  displayName: z.string(),
  userPrincipalName: z.string().email(),
  office: z.enum(['seattle', 'seoul', 'london', 'hamburg']),
});

/** Those who make and take the calls; a few dozen, none of them an administrator. */
export const employees: readonly Employee[] = z
  .array(employeeSchema)
  .parse(employeesJson)
  .map((employee, index) => {
    const office = offices[employee.office];
    return { ...employee, office, number: `${office.ownNumbers}${String(index + 20)}` };
  });
