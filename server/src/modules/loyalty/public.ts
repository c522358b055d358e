/** The loyalty programme: members, points, and what recognition gives. */
export { readMember } from './read-member.ts'
export { joinLoyalty } from './join-loyalty.ts'
export { saveProgramme } from './save-programme.ts'
export { spendPoints } from './spend-points.ts'
export { followTime } from './follow-time.ts'
export { personalOfLoyalty } from './queries/personal.ts'
