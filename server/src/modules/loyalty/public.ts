/** The loyalty programme: members and their points. */
export { joinLoyalty } from './join-loyalty.ts'
export { saveProgramme } from './save-programme.ts'
export { followTime } from './follow-time.ts'
export { personalOfLoyalty } from './queries/personal.ts'
