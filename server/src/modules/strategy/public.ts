export { simulateScenario, type SimulationOptions } from './simulate-scenario.ts'
