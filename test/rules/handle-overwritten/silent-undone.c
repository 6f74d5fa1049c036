#include <ndis.h>

typedef struct _PROTOCOL {
    NDIS_HANDLE Handle;
} PROTOCOL;

static PROTOCOL Protocols[2];
static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_FILTER_DRIVER_CHARACTERISTICS filter;
    NDIS_STATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DriverUnload;
    FillFilter(&filter);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &filter, &FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    if (IsOld(FilterDriverHandle)) {
        NdisFDeregisterFilterDriver(FilterDriverHandle);
        FillOldFilter(&filter);
        status = NdisFRegisterFilterDriver(DriverObject, NULL, &filter, &FilterDriverHandle);
        if (status != NDIS_STATUS_SUCCESS) {
            return status;
        }
    }
    for (i = 0; i < 2; i++) {
        FillCharacteristics(&chars, i);
        (void)NdisRegisterProtocolDriver(NULL, &chars, &Protocols[i].Handle);
    }
    return NDIS_STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < 2; i++) {
        if (Protocols[i].Handle != NULL) {
            NdisDeregisterProtocolDriver(Protocols[i].Handle);
        }
    }
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
