export { dayOf } from './domain/count-sales.ts'
export { readFigures } from './read-figures.ts'
export { readMonthlyFigures, type MonthOfChannel } from './read-monthly-figures.ts'
