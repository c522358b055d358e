/** Short courses with quizzes for the teams, followed per person; what a shop's staff have passed is a criterion of selected outlets. */
export { trainedShare, trainedShops } from './trained-share.ts'
export { assignCourse, createCourse, publishCourse } from './write-course.ts'
export { handIn, startAttempt } from './take-course.ts'
