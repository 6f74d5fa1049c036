#include <ndis.h>
#include <wdf.h>

static NDIS_HANDLE ProtocolHandle;
static PVOID OpenTable;

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD EvtUnload;
PROTOCOL_NET_PNP_EVENT ProtocolPnPEvent;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    config.EvtDriverUnload = EvtUnload;
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    OpenTable = ExAllocatePool2(POOL_FLAG_NON_PAGED, 4096, 'nepO');
    if (OpenTable == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    FillCharacteristics(&chars);
    chars.NetPnPEventHandler = ProtocolPnPEvent;
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (!NT_SUCCESS(status)) {
        ExFreePool(OpenTable);
    }
    return status;
}

NDIS_STATUS ProtocolPnPEvent(NDIS_HANDLE Context, PNET_PNP_EVENT_NOTIFICATION Event)
{
    return TellOpens(OpenTable, Context, Event);
}

VOID EvtUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    ExFreePool(OpenTable);      // of all opens
//  ^^^^^^^^^^^^^^^^^^^^^ warning freed-before-deregister: 'OpenTable' is released before 'NdisDeregisterProtocolDriver' (line 48), and 'ProtocolPnPEvent' still uses it

    // Closes what is still open.
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
