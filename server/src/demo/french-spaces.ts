const narrow = '\u202f'

/**
 * French typography: a narrow no-break space before `; : ! ? »` and `€`, after `«`, and between a number and its unit, so that
 * the texts of the demo can be written with plain spaces.
 */
export function frenchSpaces(text: string): string {
  return text
    .replace(/ ([;:!?»€%])/g, `${narrow}$1`)
    .replace(/« /g, `«${narrow}`)
    .replace(/(\d) (?=\d{3}(?!\d))/g, `$1${narrow}`)
    .replace(
      /(\d) (?=(?:km|kg|g|mm|cm|m|L|mL|h|Wh|W|Nm|lux|lumens|°C|ans|litres|kilos|grammes|bars|dents|vitesses)(?![\p{L}]))/gu,
      `$1${narrow}`,
    )
}
