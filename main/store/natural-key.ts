// A key whose plain order is the order people expect of file names.

/**
 * Lower case, accents kept, every run of digits led by its length ("img10" -> "img" + "002" + "10"),
 * so that numbers order by value; leading zeros do not count.
 */
export const naturalKey = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\d+/g, (digits) => {
      const value = digits.replace(/^0+(?=\d)/, '')
      return `${String(value.length).padStart(3, '0')}${value}`
    })
