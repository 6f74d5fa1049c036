#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;

VOID FillDispatchTable(PDRIVER_OBJECT DriverObject);

static NTSTATUS RegisterWith(PHID_MINIDRIVER_REGISTRATION registration)
{
    return HidRegisterMinidriver(registration);
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning handle-overwritten: 'HidRegisterMinidriver' is called again although the registration of line 10 still stands
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    NTSTATUS status;

    FillDispatchTable(DriverObject);
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(DEVICE_EXTENSION);

    status = RegisterWith(&registration);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    registration.DevicesArePolled = TRUE;
    return RegisterWith(&registration);
}
