/** What shops do for people by appointment: advisers, workshop stands, fitting rooms and seats, each promised once. */
export { bookAppointment } from './book-appointment.ts'
export { appointmentForMessage } from './view-appointment.ts'
export { appointmentDesk } from './order-desk.ts'
export { findSlots } from './find-slots.ts'
export { upsertResource as putResource, upsertService as putService } from './queries/resources.ts'
export { personalOfService } from './queries/personal.ts'
export { putAdviser } from './advisers/write-adviser.ts'
export { assignAdvisers } from './advisers/assign-advisers.ts'
