#include <ndis.h>
#include <wdf.h>

static NDIS_HANDLE ProtocolHandle;

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD ProtEvtUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    WDF_DRIVER_CONFIG config;
    WDFDRIVER driver;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    config.EvtDriverUnload = ProtEvtUnload;
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, &driver);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    FillCharacteristics(&chars);
    return NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
}

VOID ProtEvtUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
