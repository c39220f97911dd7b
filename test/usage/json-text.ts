import fc from 'fast-check';

const space = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n');

/** Numbers in all the forms that JSON has for them. */
export const numberText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('0', '-0', '0.0', '1e2', '1.0E+2', '12.340', '-1e-7', '1E400', '5e-324'),
  fc.constantFrom('0.30000000000000004', '123456789012345678901234567890.12345678901234567890'),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
);

export const stringText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc
    .array(fc.constantFrom('"', '\\', ':', ',', '1', '-2.5', '{', '}', '[', ' ', 'é', '원'), { maxLength: 8 })
    .map((pieces) => JSON.stringify(pieces.join(''))),
  fc.constantFrom('"\\/"', '"\\u005f"', '"\\ud83d"', '"__proto__"', '"constructor"'),
);

/** Few names, so that some stand there twice. */
const nameText = fc.oneof(fc.constantFrom('"a"', '"b"', '"1"', '"\\u0061"', '"__proto__"'), stringText);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc
    .tuple(
      space,
      fc.oneof(
        { maxDepth: 4 },
        fc.oneof(numberText, stringText, fc.constantFrom('true', 'false', 'null')),
        fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
        fc
          .array(fc.tuple(space, nameText, space, tie('value')), { maxLength: 4 })
          .map(
            (fields) =>
              `{${fields.map(([before, name, after, of]) => `${before}${name}${after}:${of}`).join(',')}}`,
          ),
      ),
      space,
    )
    .map((pieces) => pieces.join('')),
}));

/** Texts that are JSON, with all that may be odd in it. */
export const jsonText: fc.Arbitrary<string> = value;
