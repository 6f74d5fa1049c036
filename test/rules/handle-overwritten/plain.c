// example: one variable for two protocols
#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

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
        return status;
    }
    FillOtherCharacteristics(&chars);
    status = NdisRegisterProtocolDriver(NULL, &chars, &ProtocolHandle);
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning handle-overwritten: 'NdisRegisterProtocolDriver' overwrites the handle in 'ProtocolHandle', and 'NdisRegisterProtocolDriver' (line 16) is still registered
    if (status != NDIS_STATUS_SUCCESS) {
        NdisDeregisterProtocolDriver(ProtocolHandle);
    }
    return status;
}

VOID ProtocolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterProtocolDriver(ProtocolHandle);
}
