"""Guides to three careers that nothing was tuned to, as tests read and index them."""

KEEPER = """---
title: Lighthouse keeper
country: United Kingdom
dated: "2023"
---

# Lighthouse keeper

A lighthouse keeper tends the lamp, the fog signal and the tower.

## Can I keep a lighthouse without a degree?

Yes. Keepers need no degree. They need a certificate in first aid.

## Duties

A keeper's duties are:

- Clean the lens
- Wind the clockwork
- Log the weather
- Paint the tower

## Becoming a keeper

1. Pass a medical examination. The doctor checks eyes and heart.
2. Train for six months at the depot. The training is paid.
3. Serve two years as a supernumerary keeper. Each station is different.

## Ranks and pay

| Rank | Pay | Leave |
| --- | --- | --- |
| Supernumerary keeper | £19,000 | 20 days |
| Assistant keeper | £24,500 | 25 days |
| Principal keeper | £31,000 | 30 days |

## Keepers over the years

| Year | Keepers | Median pay |
| --- | --- | --- |
| 1990 | 210 | £15,200 |
| 2000 | 96 | £18,900 |
| 2010 | 41 | £22,300 |
| 2020 | 17 | £27,400 |

## Qualities

Patience. A keeper waits through long nights.

Good eyesight. A keeper reads far signals.

Steady hands. A keeper trims the wick.

## Shifts

Keepers work in shifts of four hours. Each keeper stays four weeks on the rock and then has four weeks ashore.
"""

GLASSBLOWER = """---
title: Glassblower
country: United Kingdom
dated: "2024"
---

# Glassblower

A glassblower shapes molten glass with breath and tools.

## What do glassblowers do?

Glassblowers gather molten glass on an iron. They blow, turn and cool it.

## How long does it take to become a glassblower?

An apprenticeship of four years is usual.

## Tools

- Blowpipe
- Jacks
- Annealing kiln

## Stages

### Stage 1: Taker-in

The taker-in carries finished pieces to the kiln.

### Stage 2: Servitor

The servitor gathers glass for the gaffer.

### Stage 3: Gaffer

The gaffer leads the chair and earns £34,000 a year.

## Where they work

Glassblowers work in studios, in laboratories and in factories.
"""

FALCONER = """---
title: Falconer
dated: "2022"
---

# Falconer

A falconer trains birds of prey and flies them at airports and shows.

## Do falconers need a licence?

A falconer must hold a licence for each bird.

## Earnings

Falconers earn $18 to $25 an hour. The highest pay is at airports.

## Weekly routine

Falconers weigh each bird every morning.
"""

CRAFTS = {"falconer.md": FALCONER, "glassblower.md": GLASSBLOWER, "keeper.md": KEEPER}
