/** What kinds of calls the company makes on an ordinary working day, and how they are paid. */
export interface CallKind {
  readonly callType: string;
  /** `pool`: whatever plan the office has. Otherwise the capability of the row. */
  readonly licenseCapability:
    | 'pool'
    | 'MCOPSTNPP'
    | 'MCOMEETADD'
    | 'MCOPSTNU'
    | 'MCOEV_VIRTUALUSER'
    | 'FREECALL';
  readonly inventoryType: 'Subscriber' | 'Service' | 'TollFree';
  readonly direction: 'in' | 'out';
  readonly otherSide: 'domestic' | 'abroad';
  /** A bot's call carries no person. */
  readonly person: boolean;
  readonly conference: boolean;
  /** Null where nobody answered. */
  readonly medianMinutes: number | null;
  /** The mean on an ordinary working day. */
  readonly perDay: number;
}

const userOut = {
  callType: 'user_out',
  inventoryType: 'Subscriber',
  direction: 'out',
  person: true,
  conference: false,
} as const;

/** Meetings that call their participants: enough that the minutes of Audio Conferencing run short in most months. */
export const includedDialOut: CallKind = {
  callType: 'conf_out',
  licenseCapability: 'MCOMEETADD',
  inventoryType: 'Service',
  direction: 'out',
  otherSide: 'domestic',
  person: true,
  conference: true,
  medianMinutes: 25,
  perDay: 3,
};

export const callKinds: readonly CallKind[] = [
  { ...userOut, licenseCapability: 'MCOPSTNPP', otherSide: 'abroad', medianMinutes: 6, perDay: 13 },
  { ...userOut, licenseCapability: 'MCOPSTNPP', otherSide: 'abroad', medianMinutes: null, perDay: 1.4 },
  { ...userOut, licenseCapability: 'pool', otherSide: 'domestic', medianMinutes: 4, perDay: 9 },
  { ...userOut, licenseCapability: 'FREECALL', otherSide: 'abroad', medianMinutes: 3, perDay: 0.25 },
  {
    ...userOut,
    callType: 'user_out_forwarding',
    licenseCapability: 'MCOPSTNPP',
    otherSide: 'abroad',
    medianMinutes: 3,
    perDay: 1.2,
  },
  {
    ...userOut,
    callType: 'user_out_transfer',
    licenseCapability: 'MCOPSTNPP',
    otherSide: 'abroad',
    medianMinutes: 4,
    perDay: 0.8,
  },
  {
    ...userOut,
    callType: 'user_in',
    licenseCapability: 'MCOPSTNU',
    direction: 'in',
    otherSide: 'domestic',
    medianMinutes: 4,
    perDay: 5,
  },
  {
    callType: 'conf_in',
    licenseCapability: 'MCOPSTNPP',
    inventoryType: 'TollFree',
    direction: 'in',
    otherSide: 'domestic',
    person: true,
    conference: true,
    medianMinutes: 26,
    perDay: 6,
  },
  {
    callType: 'conf_out',
    licenseCapability: 'MCOPSTNPP',
    inventoryType: 'Service',
    direction: 'out',
    otherSide: 'abroad',
    person: true,
    conference: true,
    medianMinutes: 22,
    perDay: 4.4,
  },
  includedDialOut,
  {
    callType: 'ucap_in',
    licenseCapability: 'MCOPSTNPP',
    inventoryType: 'TollFree',
    direction: 'in',
    otherSide: 'domestic',
    person: false,
    conference: false,
    medianMinutes: 4,
    perDay: 6,
  },
  {
    callType: 'ucap_in',
    licenseCapability: 'MCOEV_VIRTUALUSER',
    inventoryType: 'Service',
    direction: 'in',
    otherSide: 'domestic',
    person: false,
    conference: false,
    medianMinutes: 2,
    perDay: 2,
  },
];
