// action: Convert to assignments
//- driver.c
#include <hidport.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {
        // of the structure
        .Revision = HID_REVISION,
        .DriverObject = DriverObject, .RegistryPath = RegistryPath, // as they came
        .DeviceExtensionSize = sizeof(DEVICE_EXTENSION)$0
    };
    NTSTATUS status;

    status = HidRegisterMinidriver(&registration);
    return status;
}
