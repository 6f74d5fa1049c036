#include <ndis.h>
#include <wdf.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    config.EvtDriverUnload = FilterUnload;
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    //  ^^^^^^^^^^^^^^ warning not-deregistered-on-failure-path: 'DriverEntry' fails here, but 'NdisFRegisterFilterDriver' (line 16) is still registered
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisFDeregisterFilterDriver(FilterHandle);
}
