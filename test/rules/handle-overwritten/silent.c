#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;
static NDIS_HANDLE FirstHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProtocolUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProtocolUnload;
    FillCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        // Refused: an older version may do.
        FillOlderCharacteristics(&chars);
        status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
        if (status != NDIS_STATUS_SUCCESS) {
            return status;
        }
    }
    FirstHandle = ProtocolHandle; // kept
    FillOtherCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisDeregisterProtocolDriver(FirstHandle);
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
    NdisDeregisterProtocolDriver(FirstHandle);
}
