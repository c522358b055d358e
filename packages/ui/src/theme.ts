/**
 * Mantine dressed in the tokens. Colours resolve to the custom properties of `tokens.css`, so that Mantine's components and
 * our own never differ; the ten-step scales exist for the few places where Mantine wants a number.
 */
import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Checkbox,
  createTheme,
  defaultVariantColorsResolver,
  Drawer,
  Input,
  InputWrapper,
  Loader,
  Menu,
  Modal,
  NumberInput,
  Paper,
  Popover,
  Radio,
  rem,
  Select,
  Switch,
  Table,
  Tabs,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'
import { fitToSrgb, toHex } from './oklch.ts'
import { fonts, motionMs, radii, type Tone } from './tokens.ts'

const lightness = [0.972, 0.945, 0.895, 0.83, 0.755, 0.67, 0.58, 0.5, 0.425, 0.345]

/** Ten steps of one hue, light to dark, each with as much chroma as the hue bears there. */
function scale(hue: number, chroma: number): MantineColorsTuple {
  const steps = lightness.map((l) => toHex(fitToSrgb([l, chroma * Math.min(1, (1 - l) * 4), hue])))
  return steps as unknown as MantineColorsTuple
}

const identity = scale(203, 0.09)
const coral = scale(31, 0.18)
const ochre = scale(78, 0.14)
const leaf = scale(150, 0.125)
const neutral = scale(205, 0.016)

/** Mantine reads these from the light end (text) to the dark end (body) of the dark theme. */
const dark = [0.94, 0.84, 0.745, 0.62, 0.36, 0.3, 0.262, 0.228, 0.195, 0.165].map((l) =>
  toHex([l, 0.015, 213]),
) as unknown as MantineColorsTuple

/** Which tone each of Mantine's colour names takes, so that `color="red"` is our coral and never another red. */
const toneOfColour: Record<string, Tone> = {
  identity: 'primary',
  blue: 'primary',
  cyan: 'primary',
  teal: 'primary',
  coral: 'urgent',
  red: 'urgent',
  ochre: 'waiting',
  yellow: 'waiting',
  orange: 'waiting',
  leaf: 'done',
  green: 'done',
  lime: 'done',
}

const colors = {
  identity,
  blue: identity,
  cyan: identity,
  teal: identity,
  coral,
  red: coral,
  ochre,
  yellow: ochre,
  orange: ochre,
  leaf,
  green: leaf,
  lime: leaf,
  gray: neutral,
  dark,
}

const variantColorResolver: VariantColorsResolver = (input) => {
  const colour = input.color ?? input.theme.primaryColor
  const resolved = defaultVariantColorsResolver(input)
  const tone = toneOfColour[colour]
  if (input.variant === 'filled' && tone) return { ...resolved, color: `var(--color-on-${tone})` }
  if (input.variant === 'filled' && colour === 'gray') return { ...resolved, color: 'var(--color-paper)' }
  return resolved
}

/** Give this to `MantineProvider` beside `theme`: Mantine's variables as names for ours. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  // Stated for each theme although the same in both: Mantine states its own per theme, which would win otherwise.
  // The fourth grey outlines controls in the light theme; the dark theme's is in styles/controls.css, for there it draws lines too.
  light: {
    ...schemeVariables(),
    '--mantine-color-gray-3': 'var(--color-line)',
    '--mantine-color-gray-4': 'var(--color-edge)',
  },
  dark: { ...schemeVariables(), '--mantine-color-dark-4': 'var(--color-line)' },
})

function schemeVariables(): Record<string, string> {
  const variables: Record<string, string> = {
    ...grayVariables,
    '--mantine-primary-color-contrast': 'var(--color-on-primary)',
    '--mantine-color-bright': 'var(--color-ink)',
    '--mantine-color-text': 'var(--color-ink)',
    '--mantine-color-body': 'var(--color-surface)',
    '--mantine-color-error': 'var(--color-urgent-text)',
    '--mantine-color-success': 'var(--color-done-text)',
    '--mantine-color-placeholder': 'var(--color-muted)',
    '--mantine-color-anchor': 'var(--color-primary-text)',
    '--mantine-color-dimmed': 'var(--color-muted)',
    '--mantine-color-default': 'var(--color-surface)',
    '--mantine-color-default-hover': 'var(--color-hover)',
    '--mantine-color-default-color': 'var(--color-ink)',
    '--mantine-color-default-border': 'var(--color-edge)',
    '--mantine-color-disabled': 'var(--color-sunken)',
    '--mantine-color-disabled-color': 'var(--color-muted)',
    '--mantine-color-disabled-border': 'var(--color-line)',
  }
  for (const [colour, tone] of Object.entries(toneOfColour)) {
    const name = `--mantine-color-${colour}`
    variables[`${name}-text`] = `var(--color-${tone}-text)`
    variables[`${name}-filled`] = `var(--color-${tone})`
    variables[`${name}-filled-hover`] = `var(--color-${tone}-hover)`
    variables[`${name}-contrast`] = `var(--color-on-${tone})`
    variables[`${name}-light`] = `var(--color-${tone}-soft)`
    variables[`${name}-light-hover`] = `color-mix(in oklab, var(--color-${tone}-soft), var(--color-${tone}) 10%)`
    variables[`${name}-light-color`] = `var(--color-${tone}-text)`
    variables[`${name}-outline`] = `var(--color-${tone}-text)`
    variables[`${name}-outline-hover`] = `var(--color-${tone}-soft)`
  }
  return variables
}

const grayVariables: Record<string, string> = {
  '--mantine-color-gray-text': 'var(--color-muted)',
  '--mantine-color-gray-filled': 'var(--color-muted)',
  '--mantine-color-gray-filled-hover': 'var(--color-ink)',
  '--mantine-color-gray-contrast': 'var(--color-paper)',
  '--mantine-color-gray-light': 'var(--color-hover)',
  '--mantine-color-gray-light-hover': 'var(--color-line)',
  '--mantine-color-gray-light-color': 'var(--color-ink)',
  '--mantine-color-gray-outline': 'var(--color-muted)',
  '--mantine-color-gray-outline-hover': 'var(--color-hover)',
}

const transition = { duration: motionMs, transition: 'fade' } as const
const floating = { shadow: 'md', transitionProps: transition } as const

/** The theme of the back office and the till. `size="md"` is for the till, whose targets are made for fingers. */
export const theme = createTheme({
  primaryColor: 'identity',
  primaryShade: { light: 8, dark: 4 },
  colors,
  variantColorResolver,
  white: '#ffffff',
  black: toHex([0.225, 0.022, 215]),
  fontFamily: fonts.sans,
  fontFamilyMonospace: fonts.mono,
  headings: {
    fontFamily: fonts.sans,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(26), lineHeight: '1.2' },
      h2: { fontSize: rem(20), lineHeight: '1.3' },
      h3: { fontSize: rem(16), lineHeight: '1.4' },
      h4: { fontSize: rem(14), lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(16), lg: rem(20), xl: rem(26) },
  spacing: { xs: rem(4), sm: rem(8), md: rem(16), lg: rem(24), xl: rem(40) },
  radius: { xs: rem(2), sm: rem(radii.dense), md: rem(radii.normal), lg: rem(radii.normal), xl: rem(radii.normal) },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: 'var(--shadow-float)',
    md: 'var(--shadow-float)',
    lg: 'var(--shadow-float)',
    xl: 'var(--shadow-float)',
  },
  focusRing: 'auto',
  focusClassName: 'ec-focus',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none', fw: 500, radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'sm', fw: 550 } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'sm', radius: 'sm', iconColor: 'var(--color-on-primary)' } }),
    Drawer: Drawer.extend({ defaultProps: { position: 'right', ...floating } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: InputWrapper.extend({ defaultProps: { size: 'sm' } }),
    Loader: Loader.extend({ defaultProps: { type: 'dots' } }),
    Menu: Menu.extend({ defaultProps: { ...floating, position: 'bottom-end' } }),
    // The head of a dialog is no second head of the page.
    Modal: Modal.extend({
      defaultProps: { ...floating, centered: true, attributes: { header: { role: 'presentation' } } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'sm' } }),
    Paper: Paper.extend({ defaultProps: { radius: 'md' } }),
    Popover: Popover.extend({ defaultProps: { ...floating, withArrow: true, arrowSize: 10 } }),
    Radio: Radio.extend({ defaultProps: { size: 'sm', iconColor: 'var(--color-on-primary)' } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
    Table: Table.extend({
      defaultProps: {
        verticalSpacing: 8,
        horizontalSpacing: 12,
        borderColor: 'var(--color-line)',
        highlightOnHoverColor: 'var(--color-hover)',
        stripedColor: 'var(--color-sunken)',
      },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, transitionProps: transition, multiline: true, maw: 320 },
    }),
  },
})
