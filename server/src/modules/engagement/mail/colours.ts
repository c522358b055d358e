/**
 * The design's colours (`packages/ui/src/tokens.ts`) as mail programs read them: hexadecimal, because most know no OKLCH and
 * no custom properties. A test compares them.
 */
export const mailColours = {
  light: {
    paper: '#fcfaf6',
    surface: '#fffefc',
    sunken: '#f4f3ee',
    ink: '#0f1e22',
    muted: '#4a5c5f',
    line: '#d5dfde',
    primary: '#025961',
    'on-primary': '#fdfcf8',
    'primary-text': '#015860',
    'primary-soft': '#daf1f1',
  },
  dark: {
    paper: '#0e1719',
    surface: '#141e21',
    sunken: '#091113',
    ink: '#edebe5',
    muted: '#a1b0b0',
    line: '#2a3739',
    primary: '#65c1c1',
    'on-primary': '#06181b',
    'primary-text': '#7bd2d2',
    'primary-soft': '#123538',
  },
} as const

export type MailColour = keyof (typeof mailColours)['light']
