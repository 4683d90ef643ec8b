// Draws every figure from the table that it holds, then folds the table away. Without this script the tables stand open.
(() => {
  'use strict';
  const root = document.documentElement;
  const shapes = ['circle', 'rect', 'triangle', 'diamond', 'path://M-3,-1H-1V-3H1V-1H3V1H1V3H-1V1H-3Z'];
  const font = getComputedStyle(root).fontFamily;

  // ---- what the tables say

  const number = text => {
    const found = text.replace(/[,\s]/g, '').replace('−', '-').match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };
  const rowsOf = parent => [...parent.querySelectorAll('tbody tr')].map(row => [...row.cells].map(cell => cell.textContent));
  const headsOf = figure => [...figure.querySelectorAll('thead th')];

  // ---- how they look

  const probe = document.body.appendChild(document.createElement('i'));
  probe.hidden = true;
  const colour = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const hue = i => colour(`p${i % 8}`);
  const shape = i => shapes[(i + Math.floor(i / 8)) % shapes.length];

  // Text goes into the tooltip as text: names come from the data.
  const tip = (title, lines) => {
    const box = document.createElement('div');
    box.className = 'tip';
    box.appendChild(document.createElement('b')).textContent = title;
    for (const line of lines) box.appendChild(document.createElement('div')).textContent = line;
    return box;
  };
  const frame = () => ({
    animation: false,
    textStyle: { fontFamily: font, color: colour('ink') },
    grid: { left: 4, right: 16, top: 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      confine: true, backgroundColor: colour('card'), borderColor: colour('line'), borderWidth: 1, padding: [8, 12],
      textStyle: { color: colour('ink'), fontFamily: font, fontSize: 13 },
    },
  });
  const axis = (more = {}) => ({
    axisLine: { lineStyle: { color: colour('line') } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour('line') } },
    ...more,
    axisLabel: { color: colour('soft'), fontSize: 12, hideOverlap: true, ...more.axisLabel },
    nameTextStyle: { color: colour('soft'), fontSize: 12 },
  });
  const legend = (more = {}) => ({
    type: 'scroll', top: 0, left: 0, itemWidth: 12, itemHeight: 10, itemGap: 16, textStyle: { color: colour('ink'), fontSize: 13 },
    pageTextStyle: { color: colour('soft') }, pageIconColor: colour('ink'), pageIconInactiveColor: colour('line'), ...more,
  });
  const category = (names, width) => axis({
    type: 'category', data: names, inverse: true, splitLine: { show: false },
    axisLabel: { color: colour('ink'), fontSize: 13, width: Math.min(190, width * 0.32), overflow: 'break', lineHeight: 16, hideOverlap: false },
  });
  // A line from each of these places to the next: whiskers, ranges.
  const strokes = (pairs, color, width) => ({
    silent: true, symbol: 'none', animation: false, label: { show: false },
    lineStyle: { color, width, type: 'solid', cap: 'butt' }, data: pairs.map(([a, b]) => [{ coord: a }, { coord: b }]),
  });
  // An amount or a share, short enough for an axis.
  const onAxis = figure => {
    const { unit } = figure.dataset;
    if (unit === undefined) return '{value} %';
    const sizes = [[1e9, ' bn'], [1e6, ' M'], [1e3, ' k'], [1, '']];
    return value => {
      const [size, name] = sizes.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
      return `${value < 0 ? '−' : ''}${unit}${Math.round(Math.abs(value) / size * 100) / 100}${name}`;
    };
  };
  const guides = figure => {
    const data = [];
    const { floor, floorName, marked, markName } = figure.dataset;
    if (floor) data.push({ yAxis: Number(floor), name: floorName, label: { formatter: floorName, position: 'insideStartTop', color: colour('soft'), fontSize: 12 } });
    if (marked) data.push({ xAxis: marked, label: { formatter: markName ?? `in use: ${marked}`, position: 'end', color: colour('soft'), fontSize: 12 } });
    return { silent: true, symbol: 'none', lineStyle: { color: colour('still'), type: 'dashed', width: 1 }, data };
  };

  const note = (figure, text) => {
    const line = figure.querySelector('.drawn') ?? figure.querySelector('figcaption p').appendChild(document.createElement('span'));
    line.className = 'drawn';
    line.textContent = text && ` ${text}`;
  };

  // ---- one drawing per kind: (figure, width of its canvas) → [height, option]

  const kinds = {
    bars(figure, width) {
      const rows = rowsOf(figure), heads = headsOf(figure);
      const series = heads.map((head, at) => ({ at, name: head.textContent })).filter(({ at }) => 'series' in heads[at].dataset);
      return [rows.length * (series.length * 18 + 18) + 50, {
        legend: legend(),
        grid: { ...frame().grid, top: 34, right: figure.dataset.unit === undefined ? 52 : 96 },
        tooltip: { ...frame().tooltip, trigger: 'axis', axisPointer: { type: 'none' }, formatter: ps => tip(ps[0].name, ps.map(p => `${p.seriesName}: ${rows[p.dataIndex][series[p.seriesIndex].at]}`)) },
        xAxis: axis({ type: 'value', splitNumber: width < 500 ? 3 : 6, axisLabel: { formatter: onAxis(figure) } }),
        yAxis: category(rows.map(row => row[0]), width),
        series: series.map(({ at, name }, i) => ({
          type: 'bar', name, barWidth: 14, barGap: '15%', data: rows.map(row => number(row[at])),
          itemStyle: { color: i === series.length - 1 ? colour('p0') : colour('still'), borderRadius: 3 },
          label: { show: true, position: 'right', color: colour('ink'), fontSize: 12, formatter: p => rows[p.dataIndex][at] },
        })),
      }];
    },

    lines(figure) {
      const rows = rowsOf(figure), heads = headsOf(figure);
      const series = heads.map((head, at) => ({ at, name: head.textContent, error: 'error' in (heads[at + 1]?.dataset ?? {}) })).filter(({ at }) => 'series' in heads[at].dataset);
      const text = (row, { at, name, error }) => `${name}: ${row[at]}${error && row[at] !== '–' ? ` ± ${row[at + 1]}` : ''}`;
      return [250, {
        legend: series.length > 1 ? legend() : undefined,
        grid: { ...frame().grid, top: series.length > 1 ? 56 : 26 },
        tooltip: { ...frame().tooltip, trigger: 'axis', formatter: ps => tip(`${ps[0].name} segments`, series.map(s => text(rows[ps[0].dataIndex], s))) },
        xAxis: axis({ type: 'category', data: rows.map(row => row[0]), name: 'segments', nameLocation: 'middle', nameGap: 24, splitLine: { show: false } }),
        yAxis: axis({ type: 'value', scale: true }),
        series: series.flatMap((s, i) => [
          {
            type: 'line', name: s.name, symbol: shape(2 * i), symbolSize: 8, data: rows.map(row => number(row[s.at])),
            color: hue(i), lineStyle: { width: 2, type: i ? 'dashed' : 'solid' }, markLine: i ? undefined : guides(figure),
          },
          ...(s.error ? [{
            type: 'line', name: s.name, data: [], color: hue(i),
            markLine: strokes(rows.filter(row => number(row[s.at]) !== null && number(row[s.at + 1]) !== null)
              .map(row => [-1, 1].map(side => [row[0], number(row[s.at]) + side * number(row[s.at + 1])])), hue(i), 2),
          }] : []),
        ]),
      }];
    },

    // Groups of upright bars, one group a row.
    columns(figure, width) {
      const rows = rowsOf(figure), heads = headsOf(figure);
      const series = heads.map((head, at) => ({ at, name: head.textContent })).filter(({ at }) => 'series' in heads[at].dataset);
      return [270, {
        legend: legend(),
        grid: { ...frame().grid, top: 40 },
        tooltip: { ...frame().tooltip, trigger: 'axis', axisPointer: { type: 'none' }, formatter: ps => tip(`${heads[0].textContent} ${ps[0].name}`, ps.map(p => `${p.seriesName}: ${rows[p.dataIndex][series[p.seriesIndex].at]}`)) },
        xAxis: axis({ type: 'category', data: rows.map(row => row[0]), name: figure.dataset.axis, nameLocation: 'middle', nameGap: 24, splitLine: { show: false } }),
        yAxis: axis({ type: 'value', splitNumber: 4, axisLabel: { formatter: onAxis(figure) } }),
        series: series.map(({ at, name }, i) => ({
          type: 'bar', name, barGap: '10%', barCategoryGap: width < 500 ? '25%' : '35%', data: rows.map(row => number(row[at])),
          itemStyle: { color: i === series.length - 1 ? colour('p0') : colour('still'), borderRadius: [3, 3, 0, 0] },
        })),
      }];
    },

    // Smooth courses with many rows, told apart by dashes too.
    curves(figure) {
      const rows = rowsOf(figure), heads = headsOf(figure), percent = rows[0][1].includes('%');
      const series = heads.map((head, at) => ({ at, name: head.textContent })).filter(({ at }) => 'series' in heads[at].dataset);
      return [270, {
        legend: legend(),
        grid: { ...frame().grid, top: 44, right: 24 },
        tooltip: { ...frame().tooltip, trigger: 'axis', formatter: ps => tip(`${heads[0].textContent}: ${ps[0].name}`, series.map(s => `${s.name}: ${rows[ps[0].dataIndex][s.at]}`)) },
        xAxis: axis({ type: 'category', boundaryGap: false, data: rows.map(row => row[0]), name: figure.dataset.axis, nameLocation: 'middle', nameGap: 26, splitLine: { show: false } }),
        yAxis: axis({ type: 'value', splitNumber: 4, ...(percent ? { max: 100, interval: 25, axisLabel: { formatter: '{value} %' } } : {}) }),
        series: series.map(({ at, name }, i) => ({
          type: 'line', name, symbol: 'none', data: rows.map(row => number(row[at])), color: i ? colour('still') : colour('p0'),
          lineStyle: { width: 2, type: i ? 'dashed' : 'solid' }, markLine: i ? undefined : guides(figure),
        })),
      }];
    },

    // A value with a likely span around it and a wide one.
    spans(figure, width) {
      const rows = rowsOf(figure), names = rows.map(row => row[0]);
      const pairs = (from, to) => rows.map((row, i) => [[number(row[from]), names[i]], [number(row[to]), names[i]]]).filter(([a, b]) => a[0] !== null && b[0] !== null);
      const seen = [1, 2, 3, 4, 5];
      return [rows.length * 30 + 50, {
        grid: { ...frame().grid, top: 8, right: 24 },
        tooltip: { ...frame().tooltip, formatter: p => tip(names[p.dataIndex], [`expected ${rows[p.dataIndex][1]}`, ...(rows[p.dataIndex][2] === '–' ? [] : [`80 of 100: ${rows[p.dataIndex][2]} to ${rows[p.dataIndex][3]}`, `95 of 100: ${rows[p.dataIndex][4]} to ${rows[p.dataIndex][5]}`])]) },
        xAxis: axis({ type: 'value', splitNumber: width < 500 ? 3 : 6, axisLabel: { formatter: onAxis(figure) } }),
        yAxis: category(names, width),
        series: [
          { type: 'line', data: [], markLine: strokes(pairs(4, 5), colour('still'), 2) },
          { type: 'line', data: [], markLine: strokes(pairs(2, 3), colour('p0'), 8) },
          {
            type: 'scatter', symbol: 'rect', symbolSize: [5, 18], z: 6,
            data: rows.map((row, i) => ({ value: [number(row[1]), names[i]], itemStyle: { color: colour('ink'), borderColor: colour('card'), borderWidth: 1 } })),
          },
          // Unseen, so that the axis spans both intervals.
          { type: 'scatter', silent: true, symbolSize: 0, data: rows.flatMap((row, i) => seen.map(at => number(row[at])).filter(value => value !== null).map(value => [value, names[i]])) },
        ],
      }];
    },

    dots(figure) {
      const rows = rowsOf(figure), ks = [...new Set(rows.map(row => row[0]))];
      return [250, {
        grid: { ...frame().grid, top: 26 },
        tooltip: { ...frame().tooltip, formatter: p => tip(`${rows[p.dataIndex][0]} segments`, [`segment ${rows[p.dataIndex][1]}: Jaccard ${rows[p.dataIndex][3]}`, `${rows[p.dataIndex][2]} of customers`]) },
        xAxis: axis({ type: 'category', data: ks, name: 'segments', nameLocation: 'middle', nameGap: 24, splitLine: { show: false } }),
        yAxis: axis({ type: 'value', max: 1, scale: true }),
        series: [{
          type: 'scatter', symbolSize: 11, markLine: guides(figure),
          data: rows.map(row => ({
            value: [row[0], number(row[3])],
            itemStyle: { color: row[0] === figure.dataset.marked ? hue(0) : colour('still'), opacity: 0.8, borderColor: colour('card') },
          })),
        }],
      }];
    },

    map(figure, width) {
      const rows = rowsOf(figure), names = [...document.querySelectorAll('.persona h3')].map(name => name.textContent);
      const points = rows.map(row => ({ name: row[0], at: [number(row[1]), number(row[2])], outlier: row[3] !== '' }));
      const small = width < 500;
      // A few lie so far out that all others would shrink to a dot: the frame holds the middle 97 %, with room, and who is beyond stands on its edge.
      const frames = [0, 1].map(i => {
        const values = points.map(point => point.at[i]).sort((a, b) => a - b), last = values.length - 1;
        const low = values[Math.floor(0.015 * last)], high = values[Math.ceil(0.985 * last)], room = 0.1 * (high - low) || 1;
        return [Math.max(low - room, values[0] - 0.1), Math.min(high + room, values[last] + 0.1)];
      });
      const put = point => point.at.map((v, i) => Math.max(frames[i][0], Math.min(frames[i][1], v)));
      const beyond = points.filter(point => put(point).some((v, i) => v !== point.at[i])).length;
      note(figure, beyond ? `${beyond} lie beyond the frame and are drawn on its edge.` : '');
      const middle = values => values.sort((a, b) => a - b)[values.length >> 1];
      // The name stands on the middle of its customers, and turns inward near the frame.
      const labelled = own => {
        const coord = [0, 1].map(i => middle(own.map(point => put(point)[i])));
        const along = (coord[0] - frames[0][0]) / (frames[0][1] - frames[0][0]);
        return { coord, label: { position: along > 0.8 ? 'left' : along < 0.2 ? 'right' : 'inside' } };
      };
      const bounds = i => ({ min: frames[i][0], max: frames[i][1], axisLabel: { formatter: v => String(Math.round(v * 10) / 10).replace('-', '−'), showMinLabel: false, showMaxLabel: false } });
      return [Math.max(340, Math.min(620, width * 0.62)), {
        legend: legend(),
        grid: { ...frame().grid, top: 44 },
        tooltip: { ...frame().tooltip, formatter: p => tip(p.seriesName, [`${p.data.at[0]}, ${p.data.at[1]}`, ...(p.data.outlier ? ['outlier'] : [])]) },
        xAxis: axis({ type: 'value', ...bounds(0), name: 'first component', nameLocation: 'middle', nameGap: 24 }),
        yAxis: axis({ type: 'value', ...bounds(1), name: small ? '' : 'second component', nameLocation: 'middle', nameGap: 28 }),
        series: names.map((name, i) => {
          const own = points.filter(point => point.name === name);
          return {
            type: 'scatter', name, symbol: shape(i), symbolSize: small ? 5 : 7, color: hue(i), clip: false,
            data: own.map(point => ({
              ...point, value: put(point),
              itemStyle: point.outlier ? { color: 'transparent', borderColor: hue(i), borderWidth: 1.3 } : { color: hue(i), opacity: 0.55 },
            })),
            markPoint: own.length && names.length <= 10 ? {
              silent: true, symbol: 'circle', symbolSize: 1, itemStyle: { color: 'transparent' },
              data: [labelled(own)],
              label: { formatter: name, color: colour('ink'), fontSize: small ? 11 : 13, fontWeight: 600, backgroundColor: colour('card'), borderColor: hue(i), borderWidth: 1.5, borderRadius: 6, padding: [4, 7] },
            } : undefined,
          };
        }),
      }];
    },

    ranges(figure, width) {
      const bodies = [...figure.querySelectorAll('tbody')];
      const body = bodies[figure.querySelector('select')?.selectedIndex ?? 0];
      const rows = rowsOf({ querySelectorAll: () => body.rows });
      const names = rows.map(row => row[1]);
      return [rows.length * 38 + 60, {
        grid: { ...frame().grid, top: 8, right: 28 },
        tooltip: { ...frame().tooltip, formatter: p => tip(names[p.dataIndex], [`median ${rows[p.dataIndex][3]}`, `middle half ${rows[p.dataIndex][2]} to ${rows[p.dataIndex][4]}`]) },
        xAxis: axis({ type: 'value', scale: true, splitNumber: width < 500 ? 3 : 6, name: body.dataset.axis, nameLocation: 'middle', nameGap: 26 }),
        yAxis: category(names, width),
        series: [
          ...rows.map((row, i) => ({ type: 'line', data: [], markLine: strokes([[2, 4].map(at => [number(row[at]), names[i]])], hue(i), 12) })),
          {
            type: 'scatter', symbol: 'rect', symbolSize: [5, 24], z: 6,
            data: rows.map((row, i) => ({ value: [number(row[3]), names[i]], itemStyle: { color: colour('ink'), borderColor: colour('card'), borderWidth: 1 } })),
          },
          // Unseen, so that the axis spans both quartiles.
          { type: 'scatter', silent: true, symbolSize: 0, data: rows.flatMap((row, i) => [2, 4].map(at => [number(row[at]), names[i]])) },
        ],
      }];
    },

    waterfall(figure, width) {
      const rows = [...figure.querySelectorAll('tbody tr')].map(row => ({ kind: row.dataset.kind, cells: [...row.cells].map(cell => cell.textContent) }))
        .map(row => ({ ...row, size: Math.abs(number(row.cells[1])) })).filter(row => row.kind === 'total' || row.size > 0);
      let left = rows[0].size;
      const starts = rows.map(row => (row.kind === 'total' ? 0 : (left -= row.size)));
      return [rows.length * 36 + 40, {
        grid: { ...frame().grid, top: 4, right: 84 },
        tooltip: { ...frame().tooltip, formatter: p => tip(rows[p.dataIndex].cells[0], [`${rows[p.dataIndex].cells[1]} rows, ${rows[p.dataIndex].cells[2]}`, ...(rows[p.dataIndex].cells[3] ? [rows[p.dataIndex].cells[3]] : [])]) },
        xAxis: axis({ type: 'value', splitNumber: width < 500 ? 2 : 6 }),
        yAxis: category(rows.map(row => row.cells[0].split(':')[0]), width),
        series: [
          { type: 'bar', stack: 'rows', silent: true, barWidth: 18, itemStyle: { color: 'transparent' }, data: starts },
          {
            type: 'bar', stack: 'rows', barMinHeight: 1,
            data: rows.map(row => ({ value: row.size, itemStyle: { color: colour(row.kind === 'total' ? 'less' : 'more'), borderRadius: 3 } })),
            label: { show: true, position: 'right', color: colour('ink'), fontSize: 12, formatter: p => rows[p.dataIndex].cells[1] },
          },
        ],
      }];
    },
  };

  // ---- the figures

  for (const details of document.querySelectorAll('details[data-fold]')) details.open = false;
  const drawn = [];
  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    const details = figure.querySelector('details');
    const canvas = document.createElement('div');
    canvas.className = 'canvas';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Chart: ${figure.querySelector('h3').textContent}. The numbers are in the table that follows.`);
    if (figure.dataset.chart === 'ranges') figure.insertBefore(chooser(figure), details);
    figure.insertBefore(canvas, details);
    const chart = echarts.init(canvas, null, { renderer: 'canvas', height: 250 });
    const draw = (width = canvas.clientWidth) => {
      const [height, option] = kinds[figure.dataset.chart](figure, width);
      chart.resize({ width, height });
      chart.setOption({ ...frame(), ...option }, true);
    };
    details.open = false;
    drawn.push(draw);
    figure.addEventListener('change', () => draw());
    let width = 0;
    new ResizeObserver(() => {
      if (canvas.clientWidth && canvas.clientWidth !== width) draw(width = canvas.clientWidth);
    }).observe(canvas);
  }

  function chooser(figure) {
    const label = document.createElement('label');
    label.className = 'choose';
    label.append('Feature ');
    const select = label.appendChild(document.createElement('select'));
    for (const body of figure.querySelectorAll('tbody')) select.add(new Option(body.dataset.feature));
    return label;
  }

  // ---- light and dark

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = document.getElementById('theme');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  const paint = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to ${isDark() ? 'light' : 'dark'} colours`);
    for (const draw of drawn) draw();
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    paint();
  });
  dark.addEventListener('change', paint);
  paint();

  // ---- paper

  let before;
  addEventListener('beforeprint', () => {
    before = root.dataset.theme;
    root.dataset.theme = 'light';
    for (const draw of drawn) draw();
  });
  addEventListener('afterprint', () => {
    if (before) root.dataset.theme = before;
    else delete root.dataset.theme;
    paint();
  });

  // ---- where the reader is

  const links = new Map([...document.querySelectorAll('.contents a')].map(link => [link.hash.slice(1), link]));
  const sections = [...document.querySelectorAll('main > section')];
  let waiting = false;
  const mark = () => {
    waiting = false;
    const here = sections.findLast(section => section.getBoundingClientRect().top < innerHeight * 0.35);
    for (const [id, link] of links) {
      if (id === here?.id) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  addEventListener('scroll', () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  mark();
})();
