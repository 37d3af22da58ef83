using System.Diagnostics.Metrics;

namespace BusProbe;

/// <summary>Reads a gauge of the meter <c>EventBus</c>, like a metrics collector.</summary>
internal static class Gauges
{
    public static double Read(string name)
    {
        var read = double.NaN;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == name)
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => read = value);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => read = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }
}
