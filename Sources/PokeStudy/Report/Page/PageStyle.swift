/// How the page looks. What has a colour has a letter or a name beside it too: nobody depends on colours.
enum PageStyle {
    static let text = colours + layout + charts + slots + paper

    private static let colours = """

        :root{--page:#f6f6f3;--card:#fcfcfb;--ink:#0b0b0b;--soft:#52514e;--mute:#75736c;--grid:#e1e0d9;--edge:#d5d4cd;--link:#1c5cab;
        --good:#0b7a0b;--bad:#b92c2c;--c0:#a9a79f;--c1:#2a78d6;--c2:#1baf7a;--c3:#eda100;--c4:#008300;--c5:#4a3aa7;--c6:#e34948;--c7:#e87ba4;
        --band:#d9d8d0;--none:#ecebe6;--mega:#b9d5f5;--multi:#b6e6d3;--two:#d5cff2;--race:#f7dd93}
        @media(prefers-color-scheme:dark){:root{--page:#0d0d0d;--card:#1a1a19;--ink:#fff;--soft:#c3c2b7;--mute:#98968d;--grid:#2c2c2a;
        --edge:#383835;--link:#86b6ef;--good:#3fbf3f;--bad:#f08080;--c0:#75736c;--c1:#3987e5;--c2:#199e70;--c3:#c98500;--c4:#008300;--c5:#9085e9;
        --c6:#e66767;--c7:#d55181;--band:#3b3b38;--none:#262624;--mega:#184f95;--multi:#0f5a41;--two:#4a3aa7;--race:#6b4a00}}

        """

    private static let layout = """
        *{box-sizing:border-box}html{color-scheme:light dark;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif}
        header,main,footer{max-width:1240px;margin:0 auto;padding:0 20px}header{padding-top:24px}footer{padding-bottom:32px;color:var(--mute);font-size:12px}
        h1{font-size:24px;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:18px;margin:0 0 4px}h3{font-size:13px;font-weight:600;margin:0;color:var(--soft)}
        p{margin:0 0 8px}header p{color:var(--soft);margin:0;overflow-wrap:anywhere}header .muted,.muted{color:var(--mute);font-size:13px}a{color:var(--link)}
        code{font:12px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}footer ul{list-style:none;padding:0;margin:0}
        .verdict{font-size:20px;line-height:1.35;margin:18px 0 14px;max-width:56em;overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:12px}
        .tile,section{background:var(--card);border:1px solid var(--edge);border-radius:10px}
        .tile{padding:14px 16px}.tile p{margin:0;color:var(--soft);font-size:13px}.tile .value{font-size:32px;line-height:1.25;font-weight:600;color:var(--ink)}
        .tile ul{list-style:none;margin:8px 0 0;padding:8px 0 0;border-top:1px solid var(--grid);font-size:13px;color:var(--soft)}
        .tile li{display:flex;justify-content:space-between;gap:12px;overflow-wrap:anywhere}.tile b{white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--ink)}
        .good{color:var(--good)}.bad,strong.bad{color:var(--bad)}
        section{margin:16px 0;padding:16px}
        .box{overflow-x:auto;max-width:100%}.box:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--link);outline-offset:1px}
        table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
        th,td{padding:5px 8px;text-align:left;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:top}
        thead th{color:var(--mute);font-weight:500;vertical-align:bottom}tbody th,tfoot th{font-weight:500}
        th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
        .n{text-align:right}tfoot th,tfoot td{border-bottom:0;border-top:1px solid var(--mute);font-weight:600}tfoot tr+tr>*{border-top:0}
        td small,th small{font-size:9px;font-weight:400;color:var(--mute)}
        figure{margin:0;min-width:0}figcaption{font-weight:600;margin:10px 0 6px;font-size:14px;overflow-wrap:anywhere}
        tbody th{white-space:normal;min-width:10em;overflow-wrap:anywhere}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,500px),1fr));gap:14px 32px}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:8px 0;padding:0;font-size:13px;color:var(--soft)}
        details{border-top:1px solid var(--grid)}summary{cursor:pointer;padding:7px 0;font-weight:600;overflow-wrap:anywhere}
        .slots{margin-left:16px}.slots summary{font-weight:500;font-size:13px}.slots summary span{color:var(--mute)}.slots table{font-size:12px}
        .slots tbody th{min-width:0;white-space:nowrap}.slots td:nth-child(9){white-space:normal;min-width:9em}.slots td:nth-child(10){white-space:normal;min-width:22em;overflow-wrap:anywhere}.slots code{color:var(--mute)}
        .bar{position:relative;min-width:130px;text-align:right}.bar span{position:absolute;left:10px;top:4px;bottom:4px;max-width:calc(100% - 60px)}
        .bar span{background:currentColor;opacity:.55;border-radius:0 3px 3px 0}.bar em{position:relative;font-style:normal}

        """

    private static let charts = """
        .plot{display:grid;grid-template-columns:auto 1fr;margin-bottom:10px}.area{position:relative;height:200px;grid-column:2}
        .area svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
        .y{position:relative;width:58px;font-size:11px;color:var(--mute);font-variant-numeric:tabular-nums}
        .y span{position:absolute;right:8px;transform:translateY(-50%);white-space:nowrap}
        .x{grid-column:2;display:flex;justify-content:space-between;font-size:11px;color:var(--mute);padding-top:6px}
        .area b{position:absolute;right:4px;transform:translateY(-50%);font-size:11px;line-height:15px;padding:0 4px;border-radius:3px;background:var(--card);color:var(--ink)}
        path{fill:none;vector-effect:non-scaling-stroke}.grid{stroke:var(--grid)}.zero{stroke:var(--mute)}
        .total{stroke:var(--ink);stroke-width:2;stroke-linejoin:round}.part{fill:currentColor;stroke:var(--card);stroke-width:1}
        .line{stroke:currentColor;stroke-width:2;stroke-linejoin:round}.dot{stroke:currentColor;stroke-width:5;stroke-linecap:round}
        .band{fill:var(--band)}.first{stroke:var(--mute);stroke-width:1;stroke-dasharray:3 3}.swatch{display:inline-block;width:12px;height:12px;border-radius:3px;background:currentColor;vertical-align:-1px}.swatch.band{background:var(--band)}.swatch.first{background:none;height:0;border-top:2px dashed var(--mute);border-radius:0;vertical-align:4px}
        .c0,.s0{color:var(--c0)}.c1,.s1{color:var(--c1)}.c2,.s2{color:var(--c2)}.c3,.s3{color:var(--c3)}.c4{color:var(--c4)}.c5,.s4{color:var(--c5)}
        .c6{color:var(--c6)}.c7,.s5{color:var(--c7)}
        .key{display:inline-block;min-width:18px;border-radius:3px;text-align:center;font:600 11px/17px ui-monospace,Menlo,Consolas,monospace}
        .key[class*=c]{box-shadow:inset 0 -4px currentColor;line-height:15px;padding-bottom:3px;background:var(--none);-webkit-text-fill-color:var(--ink)}

        """

    private static let slots = """
        .strips{display:flex;flex-wrap:wrap;gap:8px 16px}.strips figure{flex:0 1 auto;max-width:100%}.strip{max-height:1210px;overflow:auto}
        .day{display:grid;grid-template-columns:38px repeat(24,minmax(11px,13px));gap:1px;margin-bottom:1px}
        .day b{font:400 10px/14px system-ui,sans-serif;color:var(--mute);font-variant-numeric:tabular-nums}
        .day i{font:400 10px/14px system-ui,sans-serif;color:var(--mute);text-align:center;white-space:nowrap}
        .day a,.legend [class^=o]{display:block;height:14px;border-radius:2px;text-align:center;text-decoration:none;color:var(--ink);font:500 10px/14px ui-monospace,Menlo,Consolas,monospace}
        .legend [class^=o]{display:inline-block;width:16px}.skip{font-size:12px;margin:0}
        .oN{background:var(--none)}.oM{background:var(--mega)}.oC{background:var(--multi)}.o1{background:var(--multi);outline:1px dashed var(--soft);outline-offset:-1px}
        .o2{background:var(--two)}.oR{background:var(--race)}.day a.oL,.day a.oF,.day a.oS,.legend .oL,.legend .oF,.legend .oS,.key.oL,.key.oF,.key.oS{background:#c22f2f;color:#fff;font-weight:700}
        .day a.oS,.legend .oS,.key.oS{background:#b04a00}
        tr:target{background:var(--none);box-shadow:inset 4px 0 var(--link)}tr:target th{padding-left:10px}tr:target,summary{scroll-margin-top:40vh}

        """

    private static let paper = """
        @media(max-width:520px){header,main,footer{padding-left:10px;padding-right:10px}section{padding:12px 10px}.verdict{font-size:17px}.tile .value{font-size:26px}.slots{margin-left:0}}
        @media print{:root{--page:#fff;--card:#fff;--ink:#000;--soft:#333;--mute:#555;--grid:#ddd;--edge:#bbb;--none:#ececec;--mega:#b9d5f5;--multi:#b6e6d3;--two:#d5cff2;--race:#f7dd93;--band:#d9d8d0}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}body{font-size:11px}.box,.strip{overflow:visible;max-height:none}table{font-size:8px}th,td{padding:3px}thead th{white-space:normal}td small,th small{font-size:5px}tbody th{min-width:6em}.slots table{font-size:7px}.slots td:nth-child(n){white-space:normal;min-width:0}.slots .n,.slots code{font-size:7px;overflow-wrap:anywhere}.bar{min-width:70px}.key{font-size:8px;line-height:10px;min-width:12px}.key[class*=c]{line-height:8px}.tiles{grid-template-columns:repeat(3,1fr)}.tile .value{font-size:22px}
        .tile,figure,.day,tr{break-inside:avoid}h2,figcaption{break-after:avoid}.skip{display:none}.pair{grid-template-columns:repeat(auto-fit,minmax(300px,1fr))}.area{height:130px}section{padding:8px 0;border:0}}

        """
}
