export { simulateScenario } from './simulate-scenario.ts'
